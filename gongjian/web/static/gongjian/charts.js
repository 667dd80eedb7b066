/* Charts */
(function () {
  "use strict";
  const { $, $$, start } = window.gongjian;
  const script = document.currentScript;
  /* <div data-chart="id of the JSON"></div>, or the JSON script inside; a table beside it says the same. */
  let echarts = null;
  function loadECharts() {
    echarts =
      echarts ||
      new Promise((done, fail) => {
        const tag = document.createElement("script");
        tag.src = script.dataset.echarts;
        tag.onload = () => done(window.echarts);
        tag.onerror = fail;
        document.head.append(tag);
      });
    return echarts;
  }
  function drawChart(place) {
    if (place.dataset.drawn) return;
    place.dataset.drawn = "1";
    const data = place.dataset.chart
      ? document.getElementById(place.dataset.chart)
      : $("script[type='application/json']", place);
    if (!data) return;
    const option = JSON.parse(data.textContent);
    loadECharts()
      .then((lib) => {
        const canvas = document.createElement("div");
        canvas.className = "chart";
        canvas.setAttribute("aria-hidden", "true");
        place.append(canvas);
        if (place.classList.contains("chart")) canvas.style.height = "100%";
        else place.classList.add("charted");
        if (option.shapes) lib.registerMap("areas", option.shapes);
        delete option.shapes;
        const chart = lib.init(canvas, null, { renderer: "canvas" });
        chart.setOption(
          Object.assign(
            { animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily } },
            option,
          ),
        );
        chart.on("click", (hit) => {
          if (hit.data && hit.data.address) window.location.assign(hit.data.address);
        });
        window.addEventListener("resize", () => chart.resize());
      })
      .catch(() => {
        /* the table says it all */
      });
  }

  start(() => $$("[data-chart]").forEach(drawChart));
})();
