/* The parts of a bulletin change places on the page; what is sent is their order, saved together with their texts. */
(function () {
  "use strict";
  const { $, $$, on, start } = window.gongjian;
  const list = () => $("[data-outline]");
  const order = () => $("input[name=order]");
  const parts = () => $$(":scope > [data-part]", list());
  function ends() {
    const all = parts();
    all.forEach((part, at) => {
      $("[data-move='-1']", part).disabled = at === 0;
      $("[data-move='1']", part).disabled = at === all.length - 1;
    });
  }
  function say(part) {
    const at = parts().indexOf(part) + 1;
    const words = list().dataset.moved.replace("{n}", at).replace("{all}", parts().length);
    $("[data-outline-said]").textContent = words;
  }
  function moved(part) {
    ends();
    order().value = parts()
      .map((one) => one.dataset.part)
      .join(",");
    order().dispatchEvent(new Event("change", { bubbles: true }));
    say(part);
  }
  function step(part, by) {
    const beside = by < 0 ? part.previousElementSibling : part.nextElementSibling;
    if (!beside) return;
    const held = document.activeElement;
    if (by < 0) beside.before(part);
    else beside.after(part);
    moved(part);
    const focus = part.contains(held) ? held : null;
    if (focus) (focus.disabled ? $("[data-move]:not(:disabled)", part) : focus).focus();
    part.scrollIntoView({ block: "nearest" });
  }
  on("click", "[data-outline] [data-move]", (event, button) => {
    event.preventDefault();
    step(button.closest("[data-part]"), Number(button.dataset.move));
  });
  document.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const part = event.target instanceof Element && event.target.closest("[data-outline] [data-part]");
    if (!by || !part || !event.altKey || event.isComposing) return;
    event.preventDefault();
    step(part, by);
  });
  document.addEventListener("restored", () => {
    if (!list() || !order()) return;
    order()
      .value.split(",")
      .map((key) => parts().find((part) => part.dataset.part === key))
      .forEach((part) => part && list().append(part));
    ends();
  });
  start(() => {
    if (!list() || list().dataset.ready || !window.Sortable) return;
    list().dataset.ready = "1";
    window.Sortable.create(list(), {
      handle: "[data-handle]",
      draggable: "[data-part]",
      animation: 120,
      ghostClass: "is-ghost",
      onEnd: (event) => moved(event.item),
    });
  });
})();
