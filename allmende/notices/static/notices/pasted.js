// After a paste: pictures that the clipboard carries come in, and the page says in whole sentences what did not come along.

/** `tools`: {cleanPaste, noteOf, GAP, picturesOf, upload, describe(names, done)}, from the other files. */
export class Pasted {
  constructor({ editor, form, words, saver, box, tools }) {
    Object.assign(this, { editor, form, words, saver, box, tools, coming: new Set(), fixed: [], rows: [], missing: [], taken: [] })
    editor.on("transaction", ({ transaction }) => this.follow(transaction))
  }

  /** Clean what is being pasted; the rest happens once it stands in the text. `clip`: see clipboard.js. */
  clean(html, clip) {
    const { html: cleaned, ...found } = this.tools.cleanPaste(html, this.form.dataset.pictures, this.nextNumber(), this.title())
    queueMicrotask(() => this.after(found, clip))
    return cleaned
  }

  /** Pictures alone, from the clipboard or dropped: notes stand for them until they are here. */
  insertFiles(files, at) {
    const missing = files.map((file, index) => ({ number: this.nextNumber() + index, src: "", name: "" }))
    const notes = missing.map(({ number }) => ({ type: "paragraph", content: [{ type: "text", text: this.tools.noteOf(number) }] }))
    this.editor.commands.insertContentAt(at ?? this.editor.state.selection.to, notes)
    return this.after({ lost: {}, missing, rows: [] }, { rtf: "", files })
  }

  /** Of the notice, where nothing stands before what is pasted; else null. */
  title() {
    const { doc, selection } = this.editor.state
    let before = false
    doc.nodesBetween(0, selection.from, (node) => void (before ||= node.type.name === "figure"))
    return before || doc.textBetween(0, selection.from).trim() ? null : this.form.elements.title.value
  }

  /** Of the next picture that is missing: what the paste is about to replace does not count, what is being uploaded does. */
  nextNumber() {
    const { doc, selection } = this.editor.state
    const size = doc.content.size
    const left = `${doc.textBetween(0, selection.from, " ")} ${doc.textBetween(Math.min(selection.to, size), size, " ")}`
    const numbers = [...left.matchAll(/\[Hier fehlt Bild (\d+)/g)].map(([, number]) => Number(number))
    return Math.max(0, ...numbers, ...this.coming) + 1
  }

  async after({ lost, missing, rows }, clip) {
    const fixed = this.sentencesOf(lost)
    this.box.replaceChildren()
    this.rows = this.rowsOf(rows)
    this.missing = missing.map(({ number }) => number)
    this.taken = []
    for (const number of this.missing) this.coming.add(number)
    this.tell(fixed, missing.length > 0)
    if (!missing.length) return
    const names = new Map()
    const refused = new Set()
    const blobs = await this.tools.picturesOf(missing, clip)
    if (blobs.some(Boolean) && !this.form.dataset.pictures) await this.saver.save()
    for (const [index, { number, name }] of missing.entries()) {
      if (!blobs[index]) continue
      const answer = this.form.dataset.pictures ? await this.tools.upload(this.form, this.words, blobs[index], name) : { error: this.words.first }
      if (answer.id && this.replace(number, answer)) names.set(answer.id, name)
      else if (answer.error) refused.add(answer.error)
    }
    for (const number of this.missing) this.coming.delete(number)
    this.taken = [...names.keys()]
    this.tell([...fixed, ...refused])
    if (names.size) this.tools.describe(names)
  }

  /** What is still so of what was pasted, in sentences: what has been settled meanwhile is said no more. */
  sentences() {
    const { doc } = this.editor.state
    if (!doc.textContent.trim() && doc.childCount <= 1) return []
    const undescribed = new Set()
    doc.descendants((node) => {
      const { image, alt, decorative } = node.attrs
      if (node.type.name === "image" && !alt && !decorative) undescribed.add(image)
    })
    const text = doc.textBetween(0, doc.content.size, " ")
    const left = this.missing.filter((number) => new RegExp(`\\[Hier fehlt Bild ${number}[:\\]]`).test(text)).length
    const taken = this.taken.some((id) => undescribed.has(id)) ? [this.sentence("taken", this.taken.length)] : []
    return [...taken, ...(left && !this.waiting ? [this.sentence("picture", left)] : []), ...this.fixed, ...this.sentencesOfRows(), ...(this.waiting ? [this.words.taking] : [])]
  }

  /** Put the picture where its note stands; false where somebody has taken the note away meanwhile. */
  replace(number, { id, src }) {
    const { state, view } = this.editor
    const note = new RegExp(`\\[Hier fehlt Bild ${number}(?:: [^\\]]{0,200})?\\]`)
    const { figure, image } = state.schema.nodes
    const picture = figure.create(null, [image.create({ image: id, src, alt: "" })])
    let change = null
    state.doc.descendants((node, pos) => {
      if (change || !node.isTextblock) return !change
      const found = node.textBetween(0, node.content.size, "\0", "\0").match(note)
      if (!found) return false
      const from = pos + 1 + found.index
      const alone = node.textContent.trim() === found[0] && state.doc.resolve(pos).depth === 0
      change = alone
        ? state.tr.replaceWith(pos, pos + node.nodeSize, picture)
        : state.tr.insert(state.doc.resolve(from).after(1), picture).delete(from, from + found[0].length)
      return false
    })
    if (change) view.dispatch(change)
    return Boolean(change)
  }

  sentence(kind, times) {
    const { dataset } = this.box
    return (times === 1 ? dataset[`${kind}One`] : dataset[`${kind}Many`]).replace("{n}", times)
  }

  sentencesOf(lost) {
    return Object.entries(lost).map(([kind, times]) => this.sentence(kind, times))
  }

  /** Where the rows stand that lacked cells. The tables just pasted end at the cursor: count back from there. */
  rowsOf(rows) {
    const { doc, selection } = this.editor.state
    const tables = tablesOf(doc).filter(({ pos }) => pos < selection.to)
    return rows.flatMap(({ table, row, tables: all }) => {
      const { node, pos } = tables[tables.length - all + table - 1] ?? {}
      let at = pos + 1
      node?.forEach((_line, offset, index) => index === row - 1 && (at = pos + 1 + offset))
      return node ? [at] : []
    })
  }

  sentencesOfRows() {
    const { doc } = this.editor.state
    const tables = tablesOf(doc)
    const open = this.rows.flatMap((at) => {
      const line = at < doc.content.size ? doc.nodeAt(at) : null
      if (line?.type.name !== "tableRow" || !line.textContent.includes(this.tools.GAP)) return []
      const place = doc.resolve(at)
      return [{ t: tables.findIndex(({ pos }) => pos === place.before()) + 1, z: place.index() + 1 }]
    })
    const shown = open.slice(0, 5).map(({ t, z }) => this.box.dataset.row.replace("{t}", t).replace("{z}", z))
    return open.length > 5 ? [...shown, this.box.dataset.moreRows.replace("{n}", open.length - 5)] : shown
  }

  /** `fixed`: sentences that stay until the note is closed. It is open until somebody goes on writing, then it folds once. */
  tell(fixed, waiting = false) {
    Object.assign(this, { fixed, waiting })
    const fresh = !this.box.firstChild
    this.refresh()
    const note = this.box.querySelector("details")
    if (!note || !fresh) return
    this.folding?.abort()
    this.folding = new AbortController()
    const fold = () => (this.folding.abort(), (note.open = false))
    for (const kind of ["keydown", "pointerdown"]) this.editor.view.dom.addEventListener(kind, fold, { signal: this.folding.signal })
  }

  /** After every change of the text. */
  follow({ mapping, docChanged }) {
    if (!docChanged) return
    this.rows = this.rows.flatMap((at) => (mapping.mapResult(at).deleted ? [] : [mapping.map(at)]))
    if (this.box.firstChild) this.refresh()
  }

  refresh() {
    const sentences = this.sentences()
    if (!sentences.length) return this.box.replaceChildren()
    if (!this.box.firstChild) this.build()
    const list = this.box.querySelector("ul")
    for (const item of [...list.children]) if (!sentences.includes(item.textContent)) item.remove()
    const there = [...list.children].map((item) => item.textContent)
    for (const [index, words] of sentences.entries()) {
      if (there.includes(words)) continue
      const item = document.createElement("li")
      item.textContent = words
      list.insertBefore(item, list.children[index] ?? null)
    }
    this.box.querySelector("summary span").textContent = `(${sentences.length})`
  }

  build() {
    const note = this.box.appendChild(document.createElement("details"))
    note.open = true
    const head = note.appendChild(document.createElement("summary"))
    head.appendChild(document.createElement("strong")).textContent = this.box.dataset.title
    head.append(" ", document.createElement("span"))
    note.appendChild(document.createElement("ul"))
    const close = note.appendChild(document.createElement("button"))
    close.type = "button"
    close.textContent = this.box.dataset.close
    close.addEventListener("click", () => {
      this.box.replaceChildren()
      this.editor.commands.focus()
    })
  }
}

/** The tables that the server counts, in their order: [{node, pos}]. */
function tablesOf(doc) {
  const found = []
  doc.descendants((node, pos) => {
    if (node.type.name === "table" && isTable(node)) found.push({ node, pos })
    return node.type.name !== "table"
  })
  return found
}

/** As the server counts (lib/richtext): one cell without header is a frame around text, and an empty table is none. */
export function isTable(node) {
  const single = node.childCount === 1 && node.firstChild.childCount === 1 && node.firstChild.firstChild.type.name !== "tableHeader"
  return Boolean(node.textContent.trim()) && !single
}
