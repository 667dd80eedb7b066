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
        const chart = lib.init(canvas, null, { renderer: "canvas" });
        chart.setOption(
          Object.assign(
            { animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily } },
            option,
          ),
        );
        window.addEventListener("resize", () => chart.resize());
      })
      .catch(() => {
        /* the table says it all */
      });
  }

  /* A link to a picture of lines gives the same as points, which any Word takes; without scripts the lines themselves. */
  function savePicture(event, link) {
    event.preventDefault();
    const drawn = new Image();
    drawn.onload = () => {
      const sheet = document.createElement("canvas");
      sheet.width = 2 * drawn.naturalWidth;
      sheet.height = 2 * drawn.naturalHeight;
      const pen = sheet.getContext("2d");
      pen.fillStyle = "white";
      pen.fillRect(0, 0, sheet.width, sheet.height);
      pen.drawImage(drawn, 0, 0, sheet.width, sheet.height);
      const saved = document.createElement("a");
      saved.href = sheet.toDataURL("image/png");
      saved.download = link.dataset.picture;
      saved.click();
    };
    drawn.onerror = () => window.location.assign(link.href);
    drawn.src = link.href;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-picture]");
    if (link) savePicture(event, link);
  });

  start(() => $$("[data-chart]").forEach(drawChart));
})();
