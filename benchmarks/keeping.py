"""Where a benchmark keeps what it measured: report.json, and tables in the README beside it."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# The README's two marks, each a line of its own: what stands between them is replaced.
_MARKED = re.compile(r"(?s)(<!-- the \w+ writes from here -->\n).*(\n<!-- to here -->)")


def keep(folder: Path, report: Mapping[str, Any], tables: str) -> None:
    """Write the report, and its tables (Markdown) between the marks. Raises ValueError without."""
    text = json.dumps(report, indent=1, ensure_ascii=False)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    readme = folder / "README.md"
    told, found = _MARKED.subn(
        lambda marks: f"{marks[1]}\n{tables}\n{marks[2]}", readme.read_text(encoding="utf-8")
    )
    if found != 1:
        raise ValueError(f"{readme} needs its two marks, once, for the tables to go between")
    readme.write_text(told, encoding="utf-8")
