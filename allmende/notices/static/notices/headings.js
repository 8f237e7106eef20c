// The heading that repeats the title goes, as on the server (allmende/notices/headings.py), and what stood below it goes up.

/** Leave out the heading at the beginning of the text; one step back brings it again. */
export function withoutTitle(editor) {
  const { state, view } = editor
  const first = state.doc.firstChild
  if (first?.type.name !== "heading") return
  const headings = []
  state.doc.forEach((node, pos) => node !== first && node.type.name === "heading" && headings.push({ pos, level: node.attrs.level }))
  const up = Math.min(...headings.map(({ level }) => level)) - 2
  const change = state.tr
  for (const { pos, level } of headings) change.setNodeAttribute(pos, "level", level - up)
  if (state.doc.childCount > 1) change.delete(0, first.nodeSize)
  else change.setBlockType(0, first.nodeSize, state.schema.nodes.paragraph).delete(1, first.nodeSize - 1)
  view.dispatch(change)
  editor.commands.focus("start")
}
