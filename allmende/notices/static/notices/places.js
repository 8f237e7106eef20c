// From a line of the check list to the place in the text that it speaks of.

/** `spot`: "table-2-3-1" (table, row, column; 0: none), "figure-2" or "text-" and how the text begins. True if it was found. */
export function goTo(editor, spot, isTable, openPicture) {
  const [kind, ...rest] = spot.split("-")
  if (kind === "table") return toTable(editor, isTable, ...rest.map(Number))
  if (kind === "figure") return toFigure(editor, Number(rest[0]), openPicture)
  return toText(editor, rest.join("-"))
}

function nth(doc, fits, number) {
  let left = number
  let found = null
  doc.descendants((node, pos) => {
    if (!found && fits(node) && --left === 0) found = { node, pos }
    return !found && node.type.name !== "table"
  })
  return found
}

function show(editor, pos) {
  editor.view.nodeDOM(pos)?.scrollIntoView?.({ block: "center" })
}

function toTable(editor, isTable, number, row, column) {
  const table = nth(editor.state.doc, (node) => node.type.name === "table" && isTable(node), number)
  if (!table) return false
  const line = table.node.maybeChild(Math.max(row, 1) - 1) ?? table.node.firstChild
  let pos = table.pos + 1
  table.node.forEach((node, offset) => node === line && (pos = table.pos + 1 + offset))
  let cell = pos + 1
  let left = column || (row ? Infinity : 1) // a row that lacks cells lacks them at its end
  line.forEach((node, offset) => {
    if (left > 0) cell = pos + 1 + offset
    left -= node.attrs.colspan ?? 1
  })
  editor.chain().focus(cell + 2).run()
  show(editor, cell)
  return true
}

function toFigure(editor, number, openPicture) {
  const figure = nth(editor.state.doc, (node) => node.type.name === "figure", number)
  if (!figure) return false
  editor.chain().focus().setNodeSelection(figure.pos).run()
  show(editor, figure.pos)
  openPicture()
  return true
}

const simple = (text) => text.replace(/\s+/g, " ").trim()

function toText(editor, excerpt) {
  const wanted = simple(excerpt.replace(/…$/, ""))
  if (!wanted) return false
  const place = nth(editor.state.doc, (node) => node.isTextblock && simple(node.textBetween(0, node.content.size, " ", " ")).includes(wanted), 1)
  if (!place) return false
  editor.chain().focus(place.pos + 1).run()
  show(editor, place.pos)
  return true
}

/** The row around the cursor that has a gap elsewhere: {row, pos, gap, at}, cells counted from 0; null where there is none to move. */
export function gapElsewhere({ selection: { $from } }, note) {
  for (let depth = $from.depth; depth > 0; depth--) {
    const row = $from.node(depth)
    if (row.type.name !== "tableRow") continue
    const cells = row.content.content
    const gap = cells.findIndex((cell) => cell.textContent.includes(note))
    const at = $from.index(depth)
    const plain = cells.every(({ attrs }) => (attrs.colspan ?? 1) === 1 && (attrs.rowspan ?? 1) === 1)
    return gap >= 0 && gap !== at && plain ? { row, pos: $from.before(depth), gap, at } : null
  }
  return null
}

/** The gap comes to the cursor, the values between make room. The cells themselves stay: a column of heads remains one. */
export function moveGap(editor, note) {
  const found = gapElsewhere(editor.state, note)
  if (!found) return
  const { row, pos, gap, at } = found
  const cells = row.content.content
  const contents = cells.map((cell) => cell.content)
  contents.splice(at, 0, ...contents.splice(gap, 1))
  const moved = cells.map((cell, index) => cell.copy(contents[index]))
  editor.view.dispatch(editor.state.tr.replaceWith(pos + 1, pos + 1 + row.content.size, moved))
  const cell = moved.slice(0, at).reduce((place, { nodeSize }) => place + nodeSize, pos + 1)
  editor.chain().focus(cell + 2).run()
}

/** Whether the first row, and the first column, of the table around the cursor consist of head cells. */
export function headOf({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth--) {
    const table = $from.node(depth)
    if (table.type.name !== "table") continue
    const rows = table.content.content
    const isHead = (cell) => cell?.type.name === "tableHeader"
    return { row: rows[0].content.content.every(isHead), column: rows.every((row) => isHead(row.firstChild)) }
  }
  return { row: false, column: false }
}
