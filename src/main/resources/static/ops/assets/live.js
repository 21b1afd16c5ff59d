// Keeps the parts of an element with data-live up to date: the address sends all of it as HTML (server-sent events), and
// each part whose HTML is another is put in place; what is around them keeps its focus and how far it was scrolled. While
// nothing comes, or the hub is gone, the element says so, so that an old figure is never taken for a new one.
const PATIENCE = 10_000; // ms

document.querySelectorAll("[data-live]").forEach(element => {
  const events = new EventSource(element.dataset.live);
  const silent = () => element.setAttribute("data-silent", "");
  let watchdog = setTimeout(silent, PATIENCE);
  events.onerror = silent;
  events.onmessage = event => {
    clearTimeout(watchdog);
    watchdog = setTimeout(silent, PATIENCE);
    element.removeAttribute("data-silent");
    new DOMParser().parseFromString(event.data, "text/html").querySelectorAll("[data-part]").forEach(part => {
      const shown = document.getElementById(part.id);
      if (shown && shown.innerHTML !== part.innerHTML) {
        htmx.swap(shown, part.innerHTML, { swapStyle: "innerHTML" });
      }
    });
  };
});
