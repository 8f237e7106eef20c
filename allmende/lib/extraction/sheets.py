"""Office files whose text is not taken: what they show only to those who look for it."""

from collections import Counter

from allmende.lib.extraction.container import Container
from allmende.lib.extraction.findings import Finding
from allmende.lib.extraction.media import Media


def look_inside(container: Container) -> list[Finding]:
    """Comments, tracked changes, hidden sheets and passages. Raises Refused."""
    counts: Counter[str] = Counter()
    if container.media is Media.XLSX:
        counts["comments"] = sum(name.startswith(("xl/comments", "xl/threadedComments/")) for name in container.names)
        workbook = container.xml(container.main)
        counts["hidden"] = sum(one.get("state", "visible") != "visible" for one in workbook.iter() if str(one.tag).endswith("}sheet"))
    else:
        root = container.xml("content.xml")
        for one in root.iter() if root is not None else ():
            match str(one.tag).rpartition("}")[2]:
                case "annotation":
                    counts["comments"] += 1
                case "insertion":
                    counts["inserted"] += 1
                case "deletion":
                    counts["deleted"] += 1
                case "hidden-text" | "hidden-paragraph":
                    counts["hidden"] += 1
    return [Finding(code, n) for code, n in counts.items() if n]
