/** Lists, hash lists, lockless lists and search trees. Walks over them are not calls. */
import type { Effect, ListEffect, TreeEffect } from './effects.js';
import { type Options, type Primitive, primitives } from './primitive.js';
import { BOOL, FRESH, NOTHING, OPAQUE, POINTER, POINTER_OR_NULL, PURE, UNSIGNED } from './rows.js';

const list = (what: ListEffect['what']): Effect => ({ do: 'list', what });
const tree = (what: TreeEffect['what']): Effect => ({ do: 'tree', what });

const READERS = { simplified: 'Readers that still stand on the node are not followed.' };
const SHAPE = 'Nothing is balanced: the order of nodes is kept, not the shape.';
const TREE_NODE: Options = {
  ...POINTER_OR_NULL,
  simplified: 'Where nodes were there before, their order is not followed: before is after.',
};
const OUTSIDE = 'What is on the list is not followed.';

export const LISTS: readonly Primitive[] = [
  ...primitives('include/linux/list.h', [
    ['INIT_LIST_HEAD', 'head', list('init')],
    ['list_add', 'node head', list('add')],
    ['list_add_tail', 'node head', list('add-tail')],
    ['list_del __list_del_entry', 'node', list('del')],
    ['list_del_init list_del_init_careful', 'node', list('del-init')],
    ['list_move', 'node head', list('move')],
    ['list_move_tail', 'node head', list('move-tail')],
    ['list_empty list_empty_careful', 'head', list('empty'), BOOL],
    ['list_is_singular', 'head', list('singular'), BOOL],
    ['list_splice', 'list head', list('splice')],
    ['list_splice_init', 'list head', list('splice-init')],
    ['list_splice_tail', 'list head', list('splice-tail')],
    ['list_splice_tail_init', 'list head', list('splice-tail-init')],
    ['list_replace', 'old new', list('replace')],
    ['list_count_nodes', 'head', list('count'), UNSIGNED],
    ['list_is_head', 'node head', list('is-head'), BOOL],
    ['list_is_first', 'node head', list('is-first'), BOOL],
    ['list_is_last', 'node head', list('is-last'), BOOL],
    ['list_first_entry', 'head', list('first-entry'), POINTER],
    ['list_last_entry', 'head', list('last-entry'), POINTER],
    ['list_first_entry_or_null', 'head', list('first-entry-or-null'), POINTER_OR_NULL],
    ['list_next_entry', 'cursor', list('next-entry'), POINTER],
    ['list_prev_entry', 'cursor', list('prev-entry'), POINTER],
    ['list_entry_is_head', 'cursor head member', FRESH, BOOL],
    ['list_prepare_entry', 'cursor head member', FRESH, POINTER],
    ['list_swap list_replace_init', 'one other', OPAQUE, { simplified: OUTSIDE }],
    ['list_bulk_move_tail', 'head first last', OPAQUE, { simplified: OUTSIDE }],
    ['list_rotate_left', 'head', OPAQUE, { simplified: OUTSIDE }],
    ['list_rotate_to_front', 'node head', OPAQUE, { simplified: OUTSIDE }],
    ['list_cut_position list_cut_before', 'list head node', OPAQUE, { simplified: OUTSIDE }],
    ['INIT_HLIST_HEAD', 'head', list('hlist-init')],
    ['INIT_HLIST_NODE', 'node', NOTHING],
    ['hlist_add_head', 'node head', list('hlist-add')],
    ['hlist_add_before hlist_add_behind', 'node other', OPAQUE, { simplified: OUTSIDE }],
    ['hlist_del hlist_del_init', 'node', list('hlist-del')],
    ['hlist_empty', 'head', list('hlist-empty'), BOOL],
    ['hlist_unhashed hlist_unhashed_lockless', 'node', FRESH, BOOL],
    ['hlist_entry_safe', 'node', FRESH, POINTER_OR_NULL],
  ]),
  ...primitives('include/linux/rculist.h', [
    ['INIT_LIST_HEAD_RCU', 'head', list('init')],
    ['list_add_rcu', 'node head', list('add')],
    ['list_add_tail_rcu', 'node head', list('add-tail')],
    ['list_del_rcu', 'node', list('del-rcu')],
    ['list_replace_rcu', 'old new', list('replace'), READERS],
    ['list_splice_init_rcu list_splice_tail_init_rcu', 'list head synchronize', list('splice-init'), READERS],
    ['list_first_or_null_rcu', 'head', list('first-entry-or-null'), POINTER_OR_NULL],
    [
      'list_entry_rcu',
      'node',
      PURE,
      { ...POINTER, simplified: 'The container is not the one the node is in.' },
    ],
    ['list_next_rcu', 'node', FRESH, POINTER],
    ['hlist_add_head_rcu hlist_add_tail_rcu', 'node head', list('hlist-add')],
    ['hlist_del_rcu hlist_del_init_rcu', 'node', list('hlist-del'), READERS],
  ]),
  ...primitives('include/linux/list_sort.h', [
    ['list_sort', 'private head compare', list('sort'), { simplified: 'The comparison is not called.' }],
  ]),
  ...primitives('include/linux/hashtable.h', [
    ['hash_init', 'table', NOTHING],
    ['hash_add hash_add_rcu', 'table node key', OPAQUE, { simplified: OUTSIDE }],
    ['hash_del hash_del_rcu', 'node', OPAQUE, { simplified: OUTSIDE }],
    ['hash_empty', 'table', FRESH, BOOL],
    ['hash_hashed', 'node', FRESH, BOOL],
  ]),
  ...primitives('include/linux/llist.h', [
    ['init_llist_head init_llist_node', 'head', NOTHING],
    ['llist_add __llist_add', 'node head', OPAQUE, { ...BOOL, simplified: OUTSIDE }],
    [
      'llist_del_all __llist_del_all llist_del_first',
      'head',
      FRESH,
      { ...POINTER_OR_NULL, simplified: OUTSIDE },
    ],
    ['llist_reverse_order', 'head', FRESH, { ...POINTER_OR_NULL, simplified: OUTSIDE }],
    ['llist_empty', 'head', FRESH, BOOL],
  ]),
  ...primitives('include/linux/rbtree.h', [
    ['rb_link_node rb_link_node_rcu', 'node parent link', tree('link'), { simplified: SHAPE }],
    ['rb_add', 'node tree less', tree('add'), { simplified: 'The comparison is not called.' }],
    ['rb_insert_color', 'node tree', tree('colour'), { simplified: SHAPE }],
    ['rb_insert_color_cached', 'node tree is_leftmost', tree('colour'), { simplified: SHAPE }],
    ['rb_erase rb_erase_cached', 'node tree', tree('del'), { simplified: SHAPE }],
    ['rb_replace_node', 'old new tree', OPAQUE, { simplified: 'What is in the tree is not followed.' }],
    ['rb_first rb_first_cached rb_first_postorder', 'tree', tree('first'), TREE_NODE],
    ['rb_last', 'tree', tree('last'), TREE_NODE],
    ['rb_next rb_next_postorder', 'node', tree('next'), TREE_NODE],
    ['rb_prev', 'node', tree('prev'), TREE_NODE],
    [
      'rb_find',
      'key tree compare',
      FRESH,
      { ...POINTER_OR_NULL, simplified: 'The comparison is not called.' },
    ],
    [
      'rb_find_add',
      'node tree compare',
      OPAQUE,
      { ...POINTER_OR_NULL, simplified: 'Whether the node got into the tree is not followed.' },
    ],
    ['rb_entry_safe', 'node', FRESH, POINTER_OR_NULL],
    ['rb_first_entry', 'tree', tree('first'), POINTER_OR_NULL],
    ['RB_EMPTY_ROOT', 'tree', tree('empty'), BOOL],
    ['RB_EMPTY_NODE', 'node', tree('is-clear'), BOOL],
    ['RB_CLEAR_NODE', 'node', tree('clear')],
    ['RB_ROOT RB_ROOT_CACHED', '', PURE],
  ]),
  ...primitives('include/linux/interval_tree.h', [
    ['interval_tree_insert', 'node tree', tree('add-interval')],
    ['interval_tree_remove', 'node tree', tree('del')],
    ['interval_tree_iter_first', 'tree first last', tree('first-interval'), TREE_NODE],
    ['interval_tree_iter_next', 'node first last', tree('next-interval'), TREE_NODE],
    ['interval_tree_span_iter_first', 'iterator tree first last', { do: 'forget', args: [0] }],
    ['interval_tree_span_iter_next', 'iterator', { do: 'forget', args: [0] }],
    ['interval_tree_span_iter_advance', 'iterator tree index', { do: 'forget', args: [0] }],
    ['interval_tree_span_iter_done', 'iterator', FRESH, BOOL],
  ]),
];
