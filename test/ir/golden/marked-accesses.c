struct state { struct state __rcu *next; int flag; };
int marked(struct state *state)
{
	struct state *next = rcu_dereference(state->next);

	WRITE_ONCE(state->flag, READ_ONCE(next->flag));
	smp_store_release(&state->flag, 1);
	rcu_assign_pointer(state->next, next);
	return smp_load_acquire(&state->flag);
}
