int loops(int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++) {
		if (i == 3)
			continue;
		sum += i;
	}
	while (n--)
		if (n == 5)
			break;
	do
		sum--;
	while (sum > 10);
	return sum;
}
