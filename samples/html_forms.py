"""The forms of a page as a browser would send them: fields with the values they were drawn with."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "search", ""}
VALUES = {"text", "hidden", "search", "date", "time", "number", "tel", "email", "password", ""}


@dataclass
class PageForm:
    """One form: where it goes, how, its values in order, what is prefilled to be read by a person.

    `texts`: the boxes a person types into, each with the number of signs it takes (0 for any); `buttons`: how many send it.
    """

    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)
    prefilled: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    texts: dict[str, int] = field(default_factory=dict)
    buttons: int = 0

    def filled(self, **changes: str) -> dict[str, list[str]]:
        """What is sent when these fields are typed anew and the others are left as they are."""
        data: dict[str, list[str]] = {}
        for name, value in self.values:
            if name not in changes:
                data.setdefault(name, []).append(value)
        return data | {name: [value] for name, value in changes.items()}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self.inside: PageForm | None = None
        self.textarea: str | None = None
        self.text = ""
        self.select: tuple[str, bool, list[str], list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = PageForm(got.get("action", ""), got.get("method", "get").lower())
            self.forms.append(self.inside)
        elif self.inside is not None:
            getattr(self, f"_{tag}", lambda _got: None)(got)

    def _input(self, got: dict[str, str]) -> None:
        form, name, kind = self.inside, got.get("name", ""), got.get("type", "text")
        if form is None or not name:
            return
        form.names.add(name)
        if kind in {"checkbox", "radio"}:
            if "checked" in got:
                form.values.append((name, got.get("value", "on")))
        elif kind in VALUES:
            if kind in TYPED and "readonly" not in got:
                form.texts[name] = int(got.get("maxlength") or 0)
            form.values.append((name, got.get("value", "")))
            if kind != "hidden" and got.get("value"):
                form.prefilled[name] = got["value"]

    def _button(self, got: dict[str, str]) -> None:
        if self.inside is not None and got.get("type", "submit") == "submit":
            self.inside.buttons += 1

    def _textarea(self, got: dict[str, str]) -> None:
        if self.inside is not None and "hidden" not in got:
            self.inside.texts[got.get("name", "")] = int(got.get("maxlength") or 0)
        self.textarea, self.text = got.get("name", ""), ""

    def _select(self, got: dict[str, str]) -> None:
        self.select = (got.get("name", ""), "multiple" in got, [], [])

    def _option(self, got: dict[str, str]) -> None:
        if self.select:
            self.select[2].append(got.get("value", ""))
            if "selected" in got:
                self.select[3].append(got.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.textarea is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "textarea" and self.textarea is not None and self.inside is not None:
            value = self.text.removeprefix("\n")
            self.inside.names.add(self.textarea)
            self.inside.values.append((self.textarea, value))
            if value:
                self.inside.prefilled[self.textarea] = value
            self.textarea = None
        elif tag == "select" and self.select and self.inside is not None:
            name, many, options, chosen = self.select
            self.inside.names.add(name)
            self.inside.values += [(name, each) for each in (chosen or ([] if many else options[:1]))]
            self.select = None


def forms_of(page: str) -> list[PageForm]:
    """Every form of a page, in order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def form_to(page: str, action: str) -> PageForm:
    """The form of a page that is sent to this address (or to the page itself, for an empty one)."""
    return next(form for form in forms_of(page) if form.action == action and form.method == "post")
