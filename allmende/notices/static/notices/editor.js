// The editor of notices: makes the plain form comfortable. Without this file the form works with typed notation.
// Words come from the page (templates/notices/dialogs.html), rules from the server: it cleans, checks and decides.
const form = document.getElementById("entwurf")
const place = document.getElementById("editor-text")
const words = document.getElementById("editor-woerter").dataset

/** Extensions: exactly what the model of a notice knows (lib/richtext), nothing more. */
function extensions(E, hooks) {
  const Image = E.Image.extend({
    group: "", // only inside a figure
    draggable: false,
    addAttributes() {
      return {
        src: { default: null },
        alt: { default: "" },
        image: { default: null, parseHTML: (e) => e.dataset.image, renderHTML: (a) => (a.image ? { "data-image": a.image } : {}) },
        decorative: {
          default: false,
          parseHTML: (e) => e.getAttribute("role") === "presentation",
          renderHTML: (a) => (a.decorative ? { role: "presentation" } : {}),
        },
      }
    },
    parseHTML: () => [{ tag: "img[data-image]" }],
  })
  const Figure = E.Figure.extend({
    addAttributes: () => ({}),
    addExtensions: () => [],
    addCommands: () => ({}),
    addNodeView: null,
  })
  const Caption = E.Caption.extend({ group: "", addAttributes: () => ({}) })
  const Table = E.Table.extend({
    addAttributes: () => ({
      caption: {
        default: "",
        parseHTML: (e) => e.querySelector(":scope > caption")?.textContent.trim() ?? "",
        renderHTML: () => ({}),
      },
    }),
    parseHTML: () => [{ tag: "caption", ignore: true, priority: 60 }, { tag: "table" }], // it is an attribute, not a row
    renderHTML({ node }) {
      const caption = node.attrs.caption ? [["caption", node.attrs.caption]] : []
      return ["table", {}, ...caption, ["tbody", 0]]
    },
    addNodeView() {
      return ({ node }) => {
        const dom = document.createElement("div")
        const caption = dom.appendChild(document.createElement("p"))
        caption.className = "n-tablecaption"
        caption.contentEditable = "false"
        const frame = dom.appendChild(document.createElement("div"))
        frame.className = "n-tablescroll"
        const table = frame.appendChild(document.createElement("table"))
        const contentDOM = table.appendChild(document.createElement("tbody"))
        const show = (n) => {
          caption.textContent = n.attrs.caption
          caption.hidden = !n.attrs.caption
        }
        show(node)
        return {
          dom,
          contentDOM,
          update: (n) => n.type === node.type && (show(n), true),
          ignoreMutation: (m) => !contentDOM.contains(m.target),
        }
      }
    },
  })
  const cell = { content: "paragraph+" } // lists and headings inside a cell are no part of a notice
  const Keys = E.Extension.create({
    name: "keys",
    priority: 1000,
    addKeyboardShortcuts: () => ({
      "Mod-Enter": ({ editor }) => leave(editor),
      "Mod-k": () => (hooks.link(), true),
      "Alt-F10": () => (hooks.toolbar(), true),
      Tab: ({ editor }) => editor.isActive("table") && !editor.can().goToNextCell() && leave(editor),
    }),
  })
  return [
    E.Document,
    E.Paragraph,
    E.Text,
    E.HardBreak,
    E.Heading.configure({ levels: [2, 3, 4] }),
    E.Bold,
    E.Italic,
    E.BulletList,
    E.OrderedList,
    E.ListItem.extend({ content: "paragraph (paragraph | bulletList | orderedList)*" }),
    E.Link.extend({ addKeyboardShortcuts: () => ({}) }).configure({ openOnClick: false, autolink: false, enableTarget: false }),
    Table.configure({ resizable: false }),
    E.TableRow,
    E.TableCell.extend(cell),
    E.TableHeader.extend(cell),
    Figure,
    Image,
    Caption,
    E.History,
    E.Gapcursor,
    E.Dropcursor,
    E.TrailingNode,
    Keys,
  ]
}

/** Out of a table or figure: into the paragraph behind it, which is made if there is none. */
function leave(editor) {
  const { $from, node } = editor.state.selection
  let end = node?.type.name === "figure" ? editor.state.selection.to : null
  for (let depth = $from.depth; depth > 0 && end === null; depth--) {
    if (["table", "figure"].includes($from.node(depth).type.name)) end = $from.after(depth)
  }
  if (end === null) return false
  const next = editor.state.doc.resolve(end).nodeAfter
  const chain = editor.chain()
  if (next?.type.name !== "paragraph") chain.insertContentAt(end, { type: "paragraph" })
  return chain.focus(end + 1).run()
}

/** Where the picture that is selected ends, else null. */
function endOfPicture({ selection: { node, $from, to } }) {
  if (node?.type.name === "figure") return to
  return node?.type.name === "image" ? $from.after() : null
}

/** Delete removes a picture that is selected, a letter never: what is typed stands in a new paragraph behind it. */
function behindPicture(editor, text) {
  const end = endOfPicture(editor.state)
  if (end === null) return false
  const content = text ? [{ type: "text", text }] : []
  return editor.chain().insertContentAt(end, { type: "paragraph", content }).setTextSelection(end + 1 + text.length).run()
}

/** A toolbar: groups of buttons with words, one tab stop, arrows between the buttons. */
function toolbar(label, groups) {
  const bar = document.createElement("div")
  bar.className = "a-toolbar"
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", label)
  for (const { name, buttons } of groups) {
    const group = bar.appendChild(document.createElement("div"))
    group.setAttribute("role", "group")
    group.setAttribute("aria-label", name)
    for (const { text, key, act, toggle } of buttons) {
      const button = group.appendChild(document.createElement("button"))
      button.type = "button"
      button.textContent = text
      button.dataset.key = key
      button.tabIndex = -1
      if (toggle) button.setAttribute("aria-pressed", "false")
      button.addEventListener("click", act)
    }
  }
  const items = () => [...bar.querySelectorAll("[role=group]:not([hidden]) button:not([hidden])")]
  /** One button that is there can be reached with Tab. */
  bar.keepStop = () => {
    const all = items()
    if (all.some(({ tabIndex }) => tabIndex === 0)) return
    for (const button of bar.querySelectorAll("button")) button.tabIndex = button === all[0] ? 0 : -1
  }
  bar.addEventListener("focusin", ({ target }) => {
    for (const button of bar.querySelectorAll("button")) button.tabIndex = button === target ? 0 : -1
  })
  bar.addEventListener("keydown", (event) => {
    const all = items()
    const at = all.indexOf(document.activeElement)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    all[(to + all.length) % all.length].focus()
  })
  return bar
}

async function start() {
  // Addresses from the page: they carry the hash of the file, so that no browser mixes old and new.
  const names = ["editor", "paste", "saver", "dialogs", "clipboard", "pasted", "places", "headings"]
  const sources = names.map((name) => import(place.dataset[`${name}Src`]))
  const [E, { cleanPaste, noteOf, fillRows, GAP }, { Saver }, dialogs, { readClipboard, isPicture, picturesOf, upload }, { Pasted, isTable }, places, { withoutTitle }] =
    await Promise.all(sources)
  const source = document.getElementById("editor-html")
  const plain = document.querySelector(".n-text")
  const box = document.getElementById("eingefuegt")
  const saver = new Saver(form, words)
  let clip = readClipboard(null) // of the paste that is going on
  let escaped = false
  let ready = false

  const surface = document.createElement("div")
  const frame = document.createElement("div")
  frame.className = "a-editor"
  const help = document.createElement("p")
  help.id = "editor-hilfe"
  help.className = "kern-hint"
  help.textContent = words.help
  const label = document.createElement("p")
  label.id = "editor-label"
  label.className = "kern-label"
  label.textContent = words.label

  /** What lies over the text while one writes, in pixels: the cursor stays clear of it. */
  const around = {
    left: 0,
    right: 0,
    get top() {
      return bar.offsetHeight + document.querySelector(".n-bar").offsetHeight + 20
    },
    get bottom() {
      return box.offsetHeight + 40
    },
  }

  /** Rows that lack cells get notes before the editor can fill them with empty ones. Nothing is saved by opening. */
  function whole(html) {
    const page = new DOMParser().parseFromString(html, "text/html")
    fillRows(page)
    return page.body.innerHTML
  }

  const editor = new E.Editor({
    element: surface,
    content: whole(source.value),
    injectCSS: false,
    extensions: extensions(E, {
      link: () => link(),
      toolbar: () => bar.querySelector('[tabindex="0"]:not([hidden])').focus(),
    }),
    editorProps: {
      scrollMargin: around,
      scrollThreshold: around,
      handleTextInput: (_view, _from, _to, text) => behindPicture(editor, text),
      attributes: {
        id: "id_text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": "editor-label",
        "aria-describedby": "editor-hilfe",
        lang: "de",
      },
      transformPastedHTML: (html) => pasted.clean(html, clip),
      handleDOMEvents: {
        paste: (_view, event) => takes(event, event.clipboardData),
        drop: (view, event) => takes(event, event.dataTransfer, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos),
        // After Escape the next Tab leaves the text, also from inside a table or list.
        keydown: (_view, event) => {
          const out = escaped && event.key === "Tab"
          if (event.key !== "Shift") escaped = event.key === "Escape"
          return out
        },
        blur: () => void (escaped = false),
      },
    },
    onUpdate: () => {
      source.value = editor.getHTML()
      saver.changed()
    },
    onTransaction: () => ready && show(),
  })

  const tools = { upload, save: () => saver.save() }
  const picture = () => dialogs.pictureDialog(editor, words, form, tools)
  const describe = (names) => dialogs.describePictures(editor, words, form, tools, names)
  const pasted = new Pasted({ editor, form, words, saver, box, tools: { cleanPaste, noteOf, GAP, picturesOf, upload, describe } })

  /** Note what the clipboard carries; where it is pictures and no text, take them at once. */
  function takes(event, transfer, at) {
    clip = readClipboard(transfer)
    if (at === undefined) behindPicture(editor, "")
    const written = transfer?.getData("text/html") || transfer?.getData("text/plain")
    if (!clip.files.length || (written && !isPicture(written))) return false
    event.preventDefault()
    pasted.insertFiles(clip.files, at)
    return true
  }

  const run = (act) => () => act(editor.chain().focus()).run()
  const link = () => dialogs.linkDialog(editor, words)
  const outside = () => !editor.isActive("table") // what a cell cannot hold
  const buttons = [
    { key: "paragraph", act: run((c) => c.setParagraph()), toggle: () => editor.isActive("paragraph"), when: outside },
    { key: "h2", act: run((c) => c.toggleHeading({ level: 2 })), toggle: () => editor.isActive("heading", { level: 2 }), when: outside },
    { key: "h3", act: run((c) => c.toggleHeading({ level: 3 })), toggle: () => editor.isActive("heading", { level: 3 }), when: outside },
    { key: "bold", act: run((c) => c.toggleBold()), toggle: () => editor.isActive("bold") },
    { key: "italic", act: run((c) => c.toggleItalic()), toggle: () => editor.isActive("italic") },
    { key: "bullets", act: run((c) => c.toggleBulletList()), toggle: () => editor.isActive("bulletList"), when: outside },
    { key: "numbers", act: run((c) => c.toggleOrderedList()), toggle: () => editor.isActive("orderedList"), when: outside },
    { key: "link", act: link, toggle: () => editor.isActive("link") },
    { key: "table", act: () => dialogs.tableDialog(editor), when: outside },
    { key: "picture", act: picture, when: outside },
    { key: "undo", act: run((c) => c.undo()) },
    { key: "redo", act: run((c) => c.redo()) },
  ].map((button) => ({ ...button, text: words[button.key] }))
  const tableButtons = [
    { key: "row", act: run((c) => c.addRowAfter()) },
    { key: "column", act: run((c) => c.addColumnAfter()) },
    { key: "norow", act: run((c) => c.deleteRow()) },
    { key: "nocolumn", act: run((c) => c.deleteColumn()) },
    { key: "gap", act: () => places.moveGap(editor, GAP), when: () => places.gapElsewhere(editor.state, GAP) },
    { key: "split", act: run((c) => c.splitCell()), when: () => editor.can().splitCell() },
    { key: "headrow", act: run((c) => c.toggleHeaderRow()), toggle: () => places.headOf(editor.state).row },
    { key: "headcolumn", act: run((c) => c.toggleHeaderColumn()), toggle: () => places.headOf(editor.state).column },
    { key: "caption", act: () => dialogs.tableDialog(editor, true) },
    { key: "notable", act: run((c) => c.deleteTable()) },
    { key: "leave", act: () => leave(editor) },
  ].map((button) => ({ ...button, text: words[button.key] }))
  const bar = toolbar(words.toolbar, [
    { name: words.toolbar, buttons },
    { name: words.tabletools, buttons: tableButtons },
  ])
  const tableGroup = bar.lastElementChild

  function show() {
    tableGroup.hidden = outside()
    for (const { key, toggle, when } of [...buttons, ...(tableGroup.hidden ? [] : tableButtons)]) {
      const button = bar.querySelector(`[data-key="${key}"]`)
      if (toggle) button.setAttribute("aria-pressed", String(toggle()))
      if (when) button.hidden = !when()
    }
    const onPicture = editor.isActive("figure") || editor.isActive("image")
    bar.querySelector('[data-key="picture"]').textContent = onPicture ? words.editpicture : words.picture
    bar.keepStop()
  }

  frame.append(bar, surface)
  const above = document.querySelector(".n-bar") // grows when it has more to say: the tools stick right below it
  new ResizeObserver(() => frame.style.setProperty("--bar", `${above.offsetHeight}px`)).observe(above)
  place.append(label, help, frame, box)
  /** A note that a picture is missing asks for the picture. */
  function jump(spot) {
    const found = places.goTo(editor, spot, isTable, picture)
    if (found && spot.startsWith("text-") && dialogs.noteAround(editor.state)) picture()
    return found
  }
  document.getElementById("pruefliste").addEventListener("click", (event) => {
    if (event.target.closest("[name=ohne_titel]")) {
      event.preventDefault()
      withoutTitle(editor)
    }
    const spot = event.target.closest("a[data-spot]")?.dataset.spot
    if (spot && jump(spot)) event.preventDefault()
  })
  label.addEventListener("click", () => editor.commands.focus())
  const typed = document.getElementById("id_text")
  if (typed && typed !== editor.view.dom) typed.id = "id_text_plain" // links of the check list lead to what is there
  for (const field of plain.querySelectorAll("textarea")) field.disabled = true
  plain.hidden = true
  for (const element of document.querySelectorAll(".n-plain-only")) element.hidden = true
  source.disabled = false
  place.hidden = false
  ready = true
  show()
  form.elements.title.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()) // one line, however long
  saver.closed = () => {
    editor.setEditable(false)
    bar.hidden = true
  }
  saver.start()
  const spot = new URLSearchParams(location.search).get("stelle")
  if (spot) {
    history.replaceState(null, "", location.pathname)
    jump(spot)
  }
}

if (form && place) {
  start().catch((error) => {
    console.error(error) // the plain form stays as it is
  })
}
