"""Each benchmark owns its section of the document."""

from bench import document
from bench.tables import Table


def test_writing_one_section_leaves_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(document, "TARGET", tmp_path / "benchmarks.md")
    first, second = Table("One", ("a",), [("1",)]), Table("Two", ("b",), [("2",)])
    document.write("one", first)
    document.write("two", [second, first])
    document.write("one", Table("One", ("a",), [("3",)]))
    text = document.TARGET.read_text(encoding="utf-8")
    assert text.startswith("# Benchmarks")
    assert text.index("| 3 |") < text.index("| 2 |") < text.index("| 1 |")
    assert text.count("<!-- one -->") == text.count("<!-- end of two -->") == 1
