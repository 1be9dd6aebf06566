/**
 * Iteration macros by shape. A role per argument: those that end in `&` are
 * places that the walk writes; `member` names the link within the element;
 * `-` is not passed on. Macros that are not here are expanded where their
 * definition is at hand, and are else walks of unknown shape.
 */

export interface Iteration {
  readonly shape: string;
  readonly roles: readonly string[];
}

const row = (names: string, shape: string, roles: string): [string, Iteration][] =>
  names.split(' ').map((name) => [name, { shape, roles: roles.split(' ') }]);

export const ITERATIONS: ReadonlyMap<string, Iteration> = new Map([
  ...row('list_for_each_entry', 'list', 'cursor& head member'),
  ...row('list_for_each_entry_safe', 'list_safe', 'cursor& next& head member'),
  ...row('list_for_each_entry_rcu list_for_each_entry_srcu', 'list_rcu', 'cursor& head member -'),
  ...row('list_for_each_entry_lockless', 'list_rcu', 'cursor& head member'),
  ...row('list_for_each_entry_reverse', 'list_reverse', 'cursor& head member'),
  ...row('list_for_each_entry_safe_reverse', 'list_safe_reverse', 'cursor& next& head member'),
  ...row('list_for_each_entry_continue', 'list_continue', 'cursor& head member'),
  ...row('list_for_each_entry_continue_rcu', 'list_continue', 'cursor& head member'),
  ...row('list_for_each_entry_continue_reverse', 'list_continue_reverse', 'cursor& head member'),
  ...row('list_for_each_entry_from list_for_each_entry_from_rcu', 'list_from', 'cursor& head member'),
  ...row('list_for_each_entry_from_reverse', 'list_from_reverse', 'cursor& head member'),
  ...row('list_for_each_entry_safe_continue', 'list_safe_continue', 'cursor& next& head member'),
  ...row('list_for_each_entry_safe_from', 'list_safe_from', 'cursor& next& head member'),
  ...row('list_for_each list_for_each_rcu', 'list', 'cursor& head'),
  ...row('list_for_each_prev', 'list_reverse', 'cursor& head'),
  ...row('list_for_each_safe', 'list_safe', 'cursor& next& head'),
  ...row('hlist_for_each_entry hlist_for_each_entry_rcu', 'hlist', 'cursor& head member -'),
  ...row('hlist_for_each_entry_safe', 'hlist_safe', 'cursor& next& head member'),
  ...row('hash_for_each hash_for_each_rcu', 'hash', 'table index& cursor& member'),
  ...row('hash_for_each_safe', 'hash_safe', 'table index& next& cursor& member'),
  ...row('hash_for_each_possible hash_for_each_possible_rcu', 'hash_bucket', 'table cursor& member key'),
  ...row('llist_for_each_entry', 'llist', 'cursor& node member'),
  ...row('llist_for_each_entry_safe', 'llist_safe', 'cursor& next& node member'),
  ...row('rbtree_postorder_for_each_entry_safe', 'tree_safe', 'cursor& next& root member'),
  ...row('xa_for_each', 'xarray', 'array index& cursor&'),
  ...row('xa_for_each_start', 'xarray', 'array index& cursor& first'),
  ...row('xa_for_each_range', 'xarray', 'array index& cursor& first last'),
  ...row('xa_for_each_marked', 'xarray', 'array index& cursor& mark'),
  ...row('xas_for_each', 'xarray_state', 'state cursor& last'),
  ...row('xas_for_each_marked', 'xarray_marks', 'state cursor& last mark'),
  ...row('idr_for_each_entry', 'idr', 'array cursor& index&'),
  ...row('idr_for_each_entry_ul', 'idr', 'array cursor& next& index&'),
  ...row('for_each_sg', 'sg', 'table cursor& count index&'),
  ...row('for_each_sgtable_sg for_each_sgtable_dma_sg', 'sg', 'table cursor& index&'),
  ...row('for_each_sgtable_page for_each_sgtable_dma_page', 'sg_page', 'table cursor first'),
  ...row('for_each_sg_page for_each_sg_dma_page', 'sg_page', 'table cursor count first'),
  ...row('for_each_set_bit for_each_set_bit_from', 'bits', 'index& bits count'),
  ...row('for_each_clear_bit for_each_clear_bit_from', 'clear_bits', 'index& bits count'),
  ...row('for_each_set_bitrange', 'bit_ranges', 'first& last& bits count'),
  ...row('for_each_set_clump8', 'bits', 'index& clump& bits count'),
  ...row('for_each_possible_cpu for_each_online_cpu for_each_present_cpu', 'cpus', 'index&'),
  ...row('for_each_cpu for_each_cpu_and', 'cpus', 'index& mask -'),
  ...row('for_each_node for_each_online_node', 'nodes', 'index&'),
  ...row('for_each_pci_dev', 'devices', 'cursor&'),
  ...row('for_each_child_of_node for_each_available_child_of_node', 'of_nodes', 'parent cursor&'),
  ...row('for_each_of_cpu_node', 'of_nodes', 'cursor&'),
  ...row('for_each_node_with_property for_each_compatible_node', 'of_nodes', 'cursor& name name'),
  ...row('for_each_matching_node for_each_node_by_name', 'of_nodes', 'cursor& name'),
  ...row('of_for_each_phandle', 'of_phandles', 'cursor error& parent name name count'),
  ...row('device_for_each_child_node fwnode_for_each_child_node', 'of_nodes', 'parent cursor&'),
  ...row('of_property_for_each_u32', 'property', 'parent name cursor& - -'),
  ...row('interval_tree_for_each_span', 'iterator', 'cursor tree first last'),
  ...row('interval_tree_for_each_double_span', 'iterator', 'cursor tree tree first last'),
  ...row('resource_list_for_each_entry', 'list', 'cursor& head'),
  ...row('resource_list_for_each_entry_safe', 'list_safe', 'cursor& next& head'),
  ...row('for_each_sibling_event', 'list', 'cursor& head'),
  ...row('for_each_process for_each_thread', 'tasks', 'cursor&'),
  ...row('for_each_vma', 'vmas', 'state cursor&'),
  ...row('for_each_vma_range', 'vmas', 'state cursor& last'),
  ...row('mas_for_each', 'vmas', 'state cursor& last'),
]);
