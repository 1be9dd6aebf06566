/**
 * Words of kernel comments that are long enough for a slip of the pen in them
 * to be told from another word, and slips that lead to no such word. Our own
 * choice; what both English and American spell is decided in slips.ts.
 */

/** Stems: with their usual endings they are words as well. */
export const STEMS: readonly string[] = [
  ...words(
    'abstract accelerate acceptable accessible accommodate according account accuracy acquire activate',
  ),
  ...words('actually additional address adjust advertise afterwards aggregate algorithm alignment allocate'),
  ...words('allowed already alternate alternative although anonymous another anything aperture applicable'),
  ...words(
    'application appropriate arbitrary architecture argument arithmetic ascending assertion assignment',
  ),
  ...words(
    'associate assumption asynchronous atomically attachment attempt attribute automatic auxiliary available',
  ),
  ...words(
    'backward bandwidth barrier because beginning behaviour benefit between boundary broadcast buffered',
  ),
  ...words(
    'calculate callback capability capacity careful category certain changed channel character checking',
  ),
  ...words(
    'circular cleanup coherency coherent collection combination command comment communicate comparison',
  ),
  ...words(
    'compatible compatibility compile complete completion component compress compute concurrent condition',
  ),
  ...words('configuration configure conflict connection consecutive consider consistent console constant'),
  ...words('constraint construct consume contain content context contiguous continue continuous control'),
  ...words('convenience conversion convert coordinate correct correspond corrupt counter coverage creation'),
  ...words(
    'currently deadlock debugging decision declare decrement dedicated default deferred define definition',
  ),
  ...words(
    'dependency deprecated dereference derived describe description descriptor destination destroy detached',
  ),
  ...words('detection determine different difference dimension direction directory disable discard discover'),
  ...words(
    'distinguish distribute document domain driver duplicate dynamic earlier effective efficient element',
  ),
  ...words('embedded emulate enabled encode encrypt encryption endpoint enforce enough entirely enumerate'),
  ...words(
    'environment equivalent especially establish eventually everything example exception exchange exclude',
  ),
  ...words(
    'exclusive execute existence existing expected explicit express extension external extract failing',
  ),
  ...words('failure feature finally firmware following foreign forward fragment frequency function further'),
  ...words(
    'general generate generation generic geometry globally granularity guarantee handler handling hardware',
  ),
  ...words('hierarchy however hypervisor identical identifier identify identity illegal immediate implement'),
  ...words(
    'implementation implicit important impossible include incoming incompatible inconsistent increase',
  ),
  ...words('increment independent indicate indirect individual information infrastructure inherit initial'),
  ...words(
    'initialize initialization insertion install instance instead instruction integer integration interface',
  ),
  ...words('intermediate internal interrupt interval introduce invalid invalidate invalidation invocation'),
  ...words(
    'isochronous isolated isolation iterate iteration keeping language largest latency leaving length',
  ),
  ...words('lifetime limitation location locking logical maintain maintenance manage management mandatory'),
  ...words(
    'manipulate mapping matching maximum mechanism memory message migrate migration minimum miscellaneous',
  ),
  ...words(
    'mismatch missing modification modify monitor multiple namespace necessary necessarily negative nesting',
  ),
  ...words(
    'network notification notify number obsolete occurrence offline operate operation optional ordinary',
  ),
  ...words(
    'original otherwise outgoing outstanding overflow overhead overlap override overwrite ownership padding',
  ),
  ...words(
    'parallel parameter parent partial particular passthrough pattern pending perform performance periodic',
  ),
  ...words('peripheral permanent permission persistent physical pinning placement platform pointer populate'),
  ...words(
    'position possible possibly potential practice preceding predefined preempt prefetch prepare presence',
  ),
  ...words('present preserve prevent previous primary primitive priority private privilege probably problem'),
  ...words(
    'procedure process processor produce program progress properly property protect protection protocol',
  ),
  ...words(
    'provide purpose quiesce readable reading reasonable receive recommended recover redundant reference',
  ),
  ...words('regarding region register registration regular related relative release relevant reliable'),
  ...words('remaining remapping remember removal removed repeat replace replacement report represent'),
  ...words(
    'representation request require requirement reservation reserve resolve resource respect respective',
  ),
  ...words('respond response responsible restart restore restrict restriction result resume retrieve return'),
  ...words(
    'reverse routine running satisfy scatter scatterlist scenario schedule section security segment select',
  ),
  ...words('semantics separate sequence serialize service several shadowed sharing shutdown sibling signal'),
  ...words(
    'significant similar simplify simultaneous situation something sometimes special specific specification',
  ),
  ...words(
    'specify spurious standard starting statement statistics storage strategy stream strictly structure',
  ),
  ...words(
    'subject submission submit subsequent subsystem succeed success successful sufficient suitable support',
  ),
  ...words(
    'suppose suppress surrounding suspend switch symbol synchronize synchronous synchronization system',
  ),
  ...words(
    'technology temporary terminate themselves therefore thread threshold through throughput timeout together',
  ),
  ...words(
    'topology transaction transfer transition translate translation transmit transparent transport traverse',
  ),
  ...words(
    'trigger truncate trusted typical unaligned unchanged unconditional undefined underlying unfortunate',
  ),
  ...words(
    'uninitialized unknown unlocked unmapped unmapping unnecessary unregister unsigned unsupported until',
  ),
  ...words('update useful userspace usually validate validation variable variant various verify version'),
  ...words(
    'virtual virtualization visible waiting warning watchdog whatever whenever whether without workaround',
  ),
  ...words('working wrapper writable writing'),
];

/** Stems that stand beside one of those: they and their forms are words of their own. */
export const STEMS_BESIDE: readonly string[] = [
  ...words(
    'adapt alloc baseline compand constrain contend contest context converge converse conserve exclusion',
  ),
  ...words('expanse expansion expensive entirety guarantee initiate intention interlace introduction invent'),
  ...words('lockdep massage mmap multiply notifier occur optimize originate overheat overlay patent'),
  ...words(
    'preparse preset prioritize product project readd readding regulate relaxed relay reload replay replica',
  ),
  ...words(
    'resort retain revert revolve signalfd subtable supposed thorough throughout timedout transient transit',
  ),
  ...words(
    'compete exit hand hardwire scream state underling transmiss unblock unclocked underlay underline unlock wherever writeable insert assert persist coexist',
  ),
  ...words('resist consist perverse reverse diverse present prevent preserve conservation conversation'),
];

/** Slips that go further than one letter, or that make a word with a usual ending. */
export const KNOWN_SLIPS: ReadonlyMap<string, string> = new Map([
  ...pairs('accross across', 'adress address', 'allready already', 'alredy already', 'aquire acquire'),
  ...pairs('aquired acquired', 'arbitary arbitrary', 'availible available', 'avaliable available'),
  ...pairs('begining beginning', 'becuase because', 'capabilites capabilities', 'catagory category'),
  ...pairs('comming coming', 'compatability compatibility', 'compatiblity compatibility'),
  ...pairs('consistancy consistency', 'corresponing corresponding', 'correspoding corresponding'),
  ...pairs('defintion definition', 'dependant dependent', 'desciptor descriptor', 'detatch detach'),
  ...pairs(
    'detatched detached',
    'dirver driver',
    'disbale disable',
    'doesnt does not',
    'enviroment environment',
  ),
  ...pairs('exisiting existing', 'existance existence', 'explicitely explicitly', 'facilites facilities'),
  ...pairs('garantee guarantee', 'hander handler', 'identifer identifier', 'immediatly immediately'),
  ...pairs('implemenation implementation', 'implmentation implementation', 'incompatable incompatible'),
  ...pairs('indentifier identifier', 'independant independent', 'indefinately indefinitely'),
  ...pairs('infomation information', 'initalize initialize', 'initalise initialise', 'initilize initialize'),
  ...pairs('intermidiate intermediate', 'invaild invalid', 'invaldate invalidate', 'isochornous isochronous'),
  ...pairs('lenght length', 'maintainance maintenance', 'managment management', 'maping mapping'),
  ...pairs('mechansim mechanism', 'mis-match mismatch', 'neccessary necessary', 'necesary necessary'),
  ...pairs(
    'occured occurred',
    'occuring occurring',
    'occurence occurrence',
    'ommited omitted',
    'ouput output',
  ),
  ...pairs('overriden overridden', 'paramater parameter', 'paramter parameter', 'peform perform'),
  ...pairs('permision permission', 'preceeding preceding', 'prefered preferred', 'priviledge privilege'),
  ...pairs(
    'proccess process',
    'recieve receive',
    'recieved received',
    'refered referred',
    'refering referring',
  ),
  ...pairs('refernce reference', 'registred registered', 'regularily regularly', 'relevent relevant'),
  ...pairs('reponse response', 'requried required', 'reservered reserved', 'retreive retrieve'),
  ...pairs(
    'seperate separate',
    'seperately separately',
    'shoud should',
    'shuld should',
    'specifed specified',
  ),
  ...pairs('splitted split', 'succesful successful', 'successfull successful', 'suported supported'),
  ...pairs('supress suppress', 'synchonize synchronize', 'teh the', 'transation translation'),
  ...pairs('transfered transferred', 'transfering transferring', 'tranlation translation', 'ubind unbind'),
  ...pairs('uncessary unnecessary', 'unneccessary unnecessary', 'untill until', 'useable usable'),
  ...pairs(
    'usefull useful',
    'virutal virtual',
    'wich which',
    'wheter whether',
    'whith with',
    'writting writing',
  ),
]);

function words(list: string): string[] {
  return list.split(' ');
}

function pairs(...list: readonly string[]): [string, string][] {
  return list.map((each) => {
    const [slip = '', word = ''] = each.split(' ');
    return [slip, word];
  });
}
