// Tells of too many or too large files before they are sent; without it the hub tells the same.
{
  const form = document.querySelector("form[data-most]");
  const files = form?.querySelector("input[type=file]");
  files?.addEventListener("change", () => {
    const chosen = [...files.files];
    const large = chosen.find(file => file.size > Number(form.dataset.largest));
    files.setCustomValidity(
      chosen.length > Number(form.dataset.most) ? files.dataset.tooMany
        : large ? files.dataset.tooLarge.replace("{0}", large.name) : "");
    files.reportValidity();
  });
}
