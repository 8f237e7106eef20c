"""The texts of each app and their translations, without gettext's programs and without a database.

    script/translations            bring every allmende/<app>/locale/<language>/LC_MESSAGES/django.po up to date
    script/translations notices    only those of the apps named
    script/translations --check    name what is missing, untranslated, unused or broken; non-zero when there is any

German sentences in code and templates are the keys. Catalogues carry no line numbers, so that moving code changes nothing in them.
A sentence translated in one app is offered to the next; two translations of one sentence are an error, since Django merges all apps.
"""

import argparse
import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en",)
PLURAL_FORMS = {"en": "nplurals=2; plural=(n != 1);"}

Argument = int | tuple[int, str]
# Which argument of each function is what; (1, "c") is the context.
_PLAIN: dict[str, tuple[Argument, ...] | None] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = {
    **_PLAIN,
    **{f"{name}_lazy": arguments for name, arguments in _PLAIN.items()},
    "gettext_noop": None,
    "_": None,
}


@dataclass(frozen=True, order=True)
class Text:
    """A sentence as it stands in the sources, and, if it counts something, its plural."""

    msgid: str
    context: str = ""
    plural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.msgid, self.context


def python_texts(source: str) -> Iterator[Text]:
    """The texts marked for translation in Python code."""
    from babel.messages.extract import extract

    for _, message, _, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}):
        single, plural = message if isinstance(message, tuple) else (message, "")
        if single:
            yield Text(single, context or "", plural or "")


def template_texts(source: str) -> Iterator[Text]:
    """The texts marked for translation in a Django template."""
    from django.utils.translation.template import templatize

    # Its output is calls between filler, not indented code: take the indentation away.
    yield from python_texts("\n".join(line.lstrip() for line in templatize(source).splitlines()))


def texts_of(app: Path) -> dict[tuple[str, str], Text]:
    """All texts of one app by msgid and context. The plural form wins where a sentence is used both ways."""
    found: dict[tuple[str, str], Text] = {}
    for path in sorted(app.rglob("*")):
        inside = path.relative_to(app).parts
        if {"tests", "migrations", "static", "locale"} & set(inside):
            continue
        if path.suffix == ".py":
            texts = list(python_texts(path.read_text(encoding="utf-8")))
        elif "templates" in inside and path.suffix in (".html", ".txt", ".xml"):
            texts = list(template_texts(path.read_text(encoding="utf-8")))
        else:
            continue
        for text in texts:
            if text.key not in found or text.plural:
                found[text.key] = text
    return found


def apps(root: Path) -> list[Path]:
    """The folders that may hold texts. `lib` has none: it returns codes."""
    return sorted(path for path in (root / "allmende").iterdir() if (path / "__init__.py").is_file() and path.name != "lib")


def catalogue_path(app: Path, language: str) -> Path:
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> polib.POFile:
    return polib.pofile(str(path), encoding="utf-8") if path.is_file() else polib.POFile()


def key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgid, entry.msgctxt or ""


def placeholders(text: str) -> Counter[str]:
    """What a translation must keep: named values, HTML tags."""
    return Counter(re.findall(r"%\(\w+\)[a-z]|(?<![{$])\{\w+\}(?!\})|</?[a-z][a-z0-9]*", text))


def flaws(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with one translation, in words."""
    if entry.fuzzy:
        yield "is marked fuzzy"
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not forms or not all(forms):
        yield "is not translated"
        return
    wanted = placeholders(entry.msgid_plural or entry.msgid)
    if placeholders(forms[-1]) != wanted or any(placeholders(form) - wanted for form in forms):
        yield f"does not keep the placeholders {' '.join(sorted(wanted)) or '(none)'}"


def problems(root: Path, language: str) -> dict[str, list[str]]:
    """Everything that keeps the translation from being complete, by app."""
    found: dict[str, list[str]] = {}
    first: dict[tuple[str, str], tuple[str, object]] = {}
    for app in apps(root):
        texts, catalogue = texts_of(app), read(catalogue_path(app, language))
        entries = {key(entry): entry for entry in catalogue if not entry.obsolete}
        lines = [f"missing: {text.msgid!r}" for number, text in sorted(texts.items()) if number not in entries]
        for number, entry in sorted(entries.items()):
            if number not in texts:
                lines.append(f"used nowhere: {entry.msgid!r}")
                continue
            if (entry.msgid_plural or "") != texts[number].plural:
                lines.append(f"has another plural in the sources: {entry.msgid!r}")
            lines += [f"{flaw}: {entry.msgid!r}" for flaw in flaws(entry)]
            translated: object = entry.msgstr_plural if entry.msgid_plural else entry.msgstr
            other, theirs = first.setdefault(number, (app.name, translated))
            if translated and theirs and translated != theirs:
                lines.append(f"translated differently in {other} ({theirs!r}): {entry.msgid!r}")
        if lines:
            found[app.name] = lines
    return found


def update(root: Path, language: str, only: Sequence[str] = ()) -> None:
    """Write each catalogue anew from the sources: what is translated stays, what is used nowhere goes."""
    known = [entry for app in apps(root) for entry in read(catalogue_path(app, language)) if not entry.obsolete and entry.translated()]
    offered = {key(entry): entry for entry in reversed(known)}
    for app in apps(root):
        if only and app.name not in only:
            continue
        texts, path = texts_of(app), catalogue_path(app, language)
        if texts:
            path.parent.mkdir(parents=True, exist_ok=True)
            merge(texts.values(), read(path), offered, language).save(str(path), newline="\n")
        elif path.is_file():
            path.unlink()


def merge(texts: Iterable[Text], old: polib.POFile, offered: dict[tuple[str, str], polib.POEntry], language: str) -> polib.POFile:
    new = polib.POFile(wrapwidth=120, encoding="utf-8")
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }
    kept = {key(entry): entry for entry in old if not entry.obsolete}
    for text in sorted(texts):
        entry = polib.POEntry(msgid=text.msgid, msgctxt=text.context or None, msgid_plural=text.plural)
        before = kept.get(text.key)
        if before is None or not before.translated():
            before = offered.get(text.key, before)
        if text.plural:
            forms = before.msgstr_plural if before else {}
            entry.msgstr_plural = {number: forms.get(number, "") for number in (0, 1)}
        else:
            entry.msgstr = before.msgstr if before else ""
        if before:
            entry.tcomment, entry.flags = before.tcomment, [flag for flag in before.flags if flag == "fuzzy"]
        if "%(" in text.msgid + text.plural:
            entry.flags.append("python-format")
        new.append(entry)
    return new


def compile_all(root: Path) -> None:
    """Make the .mo files that Django reads."""
    for path in sorted((root / "allmende").glob("*/locale/*/LC_MESSAGES/django.po")):
        fresh = path.with_suffix(".mo.new")
        read(path).save_as_mofile(str(fresh))
        os.replace(fresh, path.with_suffix(".mo"))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="script/translations", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("apps", nargs="*", metavar="APP", help="only these apps; without: all")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="change nothing; name what is not complete")
    what.add_argument("--compile", action="store_true", help="only make the .mo files (script/setup does)")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.apps) - {app.name for app in apps(ROOT)}:
        parser.error(f"there is no app {', '.join(sorted(unknown))}")
    if not (chosen.check or chosen.compile):
        for language in LANGUAGES:
            update(ROOT, language, chosen.apps)
    if not chosen.check:
        compile_all(ROOT)
    if chosen.compile:
        return 0
    incomplete = False
    for language in LANGUAGES:
        for app, lines in problems(ROOT, language).items():
            if chosen.apps and app not in chosen.apps:
                continue
            incomplete = True
            print(f"{app} ({language}), {len(lines)}:")
            print("".join(f"  {line}\n" for line in lines), end="")
    return int(incomplete and chosen.check)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
