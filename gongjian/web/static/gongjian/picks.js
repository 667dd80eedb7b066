/* Picking a record by typing */
(function () {
  "use strict";
  const { $, $$, on, start, timers, toast, word } = window.gongjian;
  function pickText(box) {
    return $("input[type=text]", box);
  }
  function shut(box) {
    const list = $(".pick-list", box);
    list.hidden = true;
    pickText(box).setAttribute("aria-expanded", "false");
    pickText(box).removeAttribute("aria-activedescendant");
  }
  function choose(box, option) {
    delete box.dataset.proposed;
    if (option.dataset.key === "new" && box.dataset.new) {
      shut(box);
      window.gongjian.registerNew(box, option.dataset.label, limit(box), (made) => choose(box, made));
      return;
    }
    const many = box.classList.contains("pick-many");
    const place = $(".pick-chosen", box);
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = box.dataset.name;
    hidden.value = option.dataset.key;
    if (many) {
      const have = $$("input[type=hidden]", place).some((i) => i.value === hidden.value);
      if (!have) {
        const chip = document.createElement("span");
        chip.className = "chip";
        const cross = document.createElement("button");
        cross.type = "button";
        cross.dataset.unpick = "";
        cross.textContent = "×";
        cross.setAttribute("aria-label", box.dataset.remove + " " + option.dataset.label);
        chip.append(hidden, option.dataset.label, cross);
        place.append(chip);
      }
      pickText(box).value = "";
    } else {
      place.textContent = "";
      place.append(hidden);
      pickText(box).value = option.dataset.label;
    }
    shut(box);
    hidden.dispatchEvent(new Event("change", { bubbles: true }));
  }
  /* The session is gone: say so, and sign in beside the form, which keeps its text. */
  function signIn(list) {
    const line = document.createElement("li");
    line.className = "pick-none";
    const link = document.createElement("a");
    link.href = "/sign-in/?next=" + encodeURIComponent(location.pathname + location.search);
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = word("signin");
    link.addEventListener("mousedown", (event) => event.stopPropagation());
    line.append(word("expired"), " ", link);
    list.replaceChildren(line);
    list.hidden = false;
  }
  /* The record that limits this list, such as the unit of a person; none once a reason opens it to everybody. */
  function limit(box) {
    const form = box.closest("form");
    if (!("only" in box.dataset) || !form) return "";
    const reason = box.dataset.anyone && $('[name="' + box.dataset.anyone + '"]', form);
    if (reason && reason.value.trim()) return "";
    if (box.dataset.only) return box.dataset.only;
    const chosen = $('input[type=hidden][name="' + box.dataset.within + '"]', form);
    return chosen ? chosen.value : "";
  }
  /* A name that is not there can be chosen as one to be made: with the form, or at once in a dialog. */
  function offerNew(box, list, text) {
    if (!box.dataset.new && (!box.dataset.makes || !text)) return;
    if (text && $$("li[role=option]", list).some((li) => li.dataset.label === text)) return;
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.className = "pick-new";
    option.id = pickText(box).id + "-option-new";
    option.dataset.key = "new";
    option.dataset.label = text;
    option.textContent = ((box.dataset.makes || box.dataset.newWord) + " " + text).trim();
    list.append(option);
  }
  /* Nothing fits; a field that takes any text does not say so. */
  function sayNone(box, list) {
    if ("free" in box.dataset) return;
    const none = document.createElement("li");
    none.className = "pick-none";
    none.textContent = box.dataset.none;
    list.prepend(none);
  }
  /* What the list of a field answers, read to its end: whoever asked looks at the form once more only then. No hits: null. */
  async function ask(box, query) {
    const answer = await fetch(box.dataset.pick + query, {
      headers: { "HX-Request": "true" },
      credentials: "same-origin",
    }).catch(() => null);
    const hits = answer && answer.ok ? await answer.text() : null;
    return { status: answer ? answer.status : 0, hits };
  }
  function showHits(box, list, text, hits) {
    const field = pickText(box);
    list.innerHTML = hits;
    $$("li[role=option]", list).forEach((li, n) => {
      li.id = field.id + "-option-" + n;
    });
    const empty = !$("li", list);
    if (empty && !text) {
      shut(box); /* nothing typed, nothing used lately */
      return;
    }
    offerNew(box, list, text);
    if (empty) sayNone(box, list);
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  }
  async function look(box) {
    const field = pickText(box);
    const text = field.value.trim();
    const list = $(".pick-list", box);
    const within = limit(box);
    if (!box.dataset.pick) {
      shut(box);
      return;
    }
    const asked = "?q=" + encodeURIComponent(text) + (within ? "&unit=" + within : "");
    const { status, hits } = await ask(box, asked);
    if (field.value.trim() !== text) return;
    if (status === 401) {
      signIn(list);
      field.setAttribute("aria-expanded", "true");
      return;
    }
    if (hits === null) {
      toast(word("failed"), "error");
      return;
    }
    showHits(box, list, text, hits);
  }
  /* Another name is typed: what was chosen goes, and with it the person that it had proposed. */
  function forget(box) {
    $(".pick-chosen", box).textContent = "";
    $$('[data-within="' + box.dataset.name + '"][data-proposed]', box.closest("form") || box).forEach(
      (one) => {
        $(".pick-chosen", one).textContent = "";
        pickText(one).value = "";
      },
    );
  }
  function lookLater(event, box) {
    if (event.isComposing || event.target !== pickText(box)) return;
    delete box.dataset.proposed;
    if (!box.classList.contains("pick-many")) forget(box);
    clearTimeout(timers.get(box));
    timers.set(
      box,
      setTimeout(() => look(box), 200),
    );
  }
  on("input", "[data-pick]", lookLater);
  on("compositionend", "[data-pick]", (event, box) => {
    clearTimeout(timers.get(box));
    timers.set(
      box,
      setTimeout(() => look(box), 200),
    );
  });
  function propose(box, option) {
    choose(box, option);
    box.dataset.proposed = "1";
  }
  /* A unit that was chosen proposes its first person: who was chosen lately, or its head. It can be written over. */
  on("change", "[data-pick] input[type=hidden]", (event, hidden) => {
    const form = hidden.closest("form");
    const boxes = form
      ? $$("[data-within]", form).filter(
          (box) => box.dataset.within === hidden.name && !("free" in box.dataset),
        )
      : [];
    boxes.forEach(async (box) => {
      const field = pickText(box);
      if (field.value.trim() && !box.dataset.proposed) return;
      const { hits } = await ask(box, "?unit=" + hidden.value);
      if (hits === null) return;
      const list = document.createElement("ul");
      list.innerHTML = hits;
      const typed = field.value.trim() && !box.dataset.proposed;
      const writing = typed || document.activeElement === field; /* somebody writes there meanwhile */
      if (writing || limit(box) !== hidden.value) return;
      const first = $("li[role=option]", list);
      if (first) propose(box, first);
      else field.value = "";
    });
  });
  /* A likely unit is taken into the form where it stands. */
  on("click", "[data-take-unit]", (event, button) => {
    const form = button.closest("form");
    const take = (name, key, label) => {
      const box = $('[data-pick][data-name$="' + name + '"]', form);
      const option = document.createElement("li");
      option.dataset.key = key;
      option.dataset.label = label;
      if (box && key) (name === "lead_unit" ? choose : propose)(box, option);
    };
    event.preventDefault();
    take("responsible_person", button.dataset.takePerson, button.dataset.person);
    take("lead_unit", button.dataset.takeUnit, button.dataset.unit);
  });
  on("mousedown", "[data-pick] li[role=option]", (event, option) => {
    event.preventDefault();
    choose(option.closest("[data-pick]"), option);
  });
  on("click", "[data-unpick]", (event, button) => {
    const form = button.closest("form");
    button.closest(".chip").remove();
    if (form) form.dispatchEvent(new Event("change", { bubbles: true }));
  });
  on("focusin", "[data-pick] input[type=text]", (event, field) => {
    const box = field.closest("[data-pick]");
    if (box.dataset.proposed) field.select(); /* what is typed takes the place of what was proposed */
    if (!field.value.trim()) look(box);
  });
  on("focusout", "[data-pick]", (event, box) =>
    setTimeout(() => {
      if (!box.contains(document.activeElement)) shut(box);
    }, 150),
  );
  const unresolved = (box) =>
    !("free" in box.dataset) &&
    pickText(box).value.trim() &&
    (box.classList.contains("pick-many") || !$(".pick-chosen input", box));
  const optionsOf = (box) => $$(".pick-list li[role=option]", box);
  const markedAt = (options) => options.findIndex((li) => li.getAttribute("aria-selected") === "true");

  function takeMarked(event, box) {
    event.preventDefault(); /* an open list takes Enter; no button of the form is pressed */
    const options = optionsOf(box);
    const at = markedAt(options);
    if (at >= 0) choose(box, options[at]);
    else if (options.length && (options[0].dataset.key !== "new" || box.dataset.new)) choose(box, options[0]);
  }

  function mark(event, box, step) {
    event.preventDefault();
    const options = optionsOf(box);
    if (!options.length) return;
    const at = markedAt(options);
    const next = (Math.max(at, step > 0 ? -1 : 0) + step + options.length) % options.length;
    options.forEach((li, n) => li.setAttribute("aria-selected", String(n === next)));
    pickText(box).setAttribute("aria-activedescendant", options[next].id);
    options[next].scrollIntoView({ block: "nearest" });
  }

  on("keydown", "[data-pick] input[type=text]", (event, field) => {
    const box = field.closest("[data-pick]");
    const list = $(".pick-list", box);
    if (event.isComposing) return;
    if (event.key === "Enter" && list.hidden && unresolved(box)) {
      event.preventDefault(); /* what was typed is no record yet: Enter looks it up and presses no button */
      look(box);
      return;
    }
    if (list.hidden) return;
    if (event.key === "Escape") shut(box);
    if (event.key === "Enter") takeMarked(event, box);
    if (event.key === "ArrowDown") mark(event, box, 1);
    if (event.key === "ArrowUp") mark(event, box, -1);
  });

  function dressPick(box) {
    const field = pickText(box);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    const list = $(".pick-list", box);
    list.id = list.id || field.id + "-list";
    field.setAttribute("aria-controls", list.id);
  }

  start(() => $$("[data-pick]").forEach(dressPick));
})();
