/* Drafts, leaving a form that holds something, and one request a press */
(function () {
  "use strict";
  const { $, $$, on, start, store, timers, toast, word } = window.gongjian;
  /* Drafts: a form marked data-autosave="key" keeps its values until it was taken. */
  const draftKey = (form) =>
    "gongjian.draft." +
    (document.body.dataset.account || "0") +
    "." +
    location.pathname +
    "." +
    form.dataset.autosave;
  const kept = (form) =>
    Array.from(form.elements).filter(
      (f) =>
        f.name &&
        f.name !== "csrfmiddlewaretoken" &&
        !["password", "file", "submit", "button"].includes(f.type) &&
        !f.closest("[data-pick] .pick-chosen"),
    );
  const read = (form) =>
    kept(form).map((f) => [
      f.name,
      ["checkbox", "radio"].includes(f.type)
        ? f.value + "\u0000" + f.checked
        : f.multiple
          ? JSON.stringify(Array.from(f.selectedOptions, (o) => o.value))
          : f.value,
    ]);
  function write(form, values) {
    const fields = kept(form);
    values.forEach(([name, value]) => {
      const box = fields.find(
        (f) =>
          f.name === name && ["checkbox", "radio"].includes(f.type) && value.startsWith(f.value + "\u0000"),
      );
      if (box) {
        box.checked = value.endsWith("\u0000true");
        return;
      }
      const field = fields.find((f) => f.name === name && !["checkbox", "radio", "hidden"].includes(f.type));
      if (!field) return;
      if (field.multiple) {
        const chosen = JSON.parse(value);
        Array.from(field.options).forEach((o) => {
          o.selected = chosen.includes(o.value);
        });
      } else field.value = value;
    });
    form.dispatchEvent(new Event("restored", { bubbles: true }));
  }
  const fresh = new WeakMap();
  function startDraft(form) {
    if (fresh.has(form)) return;
    const now = JSON.stringify(read(form));
    fresh.set(form, now);
    const saved = store.get(draftKey(form));
    if (!saved || saved === now || $("[data-errors]", form)) return;
    write(form, JSON.parse(saved));
    toast(word("restored"), "info", {
      text: word("discard"),
      act() {
        store.drop(draftKey(form));
        write(form, JSON.parse(now));
      },
    });
  }
  const saveDraft = (form) => {
    const now = JSON.stringify(read(form));
    if (now === fresh.get(form)) store.drop(draftKey(form));
    else store.set(draftKey(form), now);
  };
  on("input", "form[data-autosave]", (event, form) => {
    clearTimeout(timers.get(form));
    timers.set(
      form,
      setTimeout(() => saveDraft(form), 400),
    );
  });
  on("change", "form[data-autosave]", (event, form) => saveDraft(form));
  on("submit", "form[data-autosave]", (event, form) => {
    saveDraft(form);
    clearTimeout(timers.get(form));
    store.set("gongjian.sent", draftKey(form) + "\n" + location.pathname);
  });
  /* A page without errors on it says that what was sent has been taken. */
  function forgetSent() {
    const sent = store.get("gongjian.sent");
    if (!sent) return;
    const taken = !$("[data-errors]") && !$(".failure-sentence") && !$("input[type=password]");
    if (taken) store.drop(sent.split("\n")[0]);
    if (taken || $("[data-errors]")) store.drop("gongjian.sent");
  }

  /* Leaving a form that holds something not sent. */
  let leaving = false;
  document.addEventListener(
    "submit",
    () => {
      leaving = true;
      setTimeout(() => {
        leaving = false;
      }, 3000);
    },
    true,
  );
  window.addEventListener("beforeunload", (event) => {
    const open = $$("form[data-leave]").some(
      (form) => fresh.has(form) && fresh.get(form) !== JSON.stringify(read(form)),
    );
    if (open && !leaving) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
  /* One press, one request. */
  on("submit", "form[method=post]", (event, form) => {
    if (event.defaultPrevented || form.matches("[hx-post]")) return;
    const large = $$("input[type=file][data-max]", form).find((f) =>
      Array.from(f.files).some((file) => file.size > Number(f.dataset.max)),
    );
    if (large) {
      event.preventDefault();
      toast(word("large"), "error");
      large.focus();
      return;
    }
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    form.dataset.busy = "1";
    setTimeout(() => {
      delete form.dataset.busy;
    }, 4000);
  });

  start(() => {
    forgetSent();
    $$("form[data-autosave], form[data-leave]").forEach((form) =>
      form.dataset.autosave === undefined
        ? fresh.set(form, fresh.get(form) || JSON.stringify(read(form)))
        : startDraft(form),
    );
  });
})();
