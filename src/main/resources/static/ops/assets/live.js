// Keeps elements with data-live up to date: the address sends HTML (server-sent events), htmx puts it in place and keeps
// the focus. While the hub is silent the element says so, so that an old figure is never taken for a new one.
document.querySelectorAll("[data-live]").forEach(element => {
  const events = new EventSource(element.dataset.live);
  events.onmessage = event => {
    element.removeAttribute("data-silent");
    htmx.swap(element, event.data, { swapStyle: "innerHTML" });
  };
  events.onerror = () => element.setAttribute("data-silent", "");
});
