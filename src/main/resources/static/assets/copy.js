// The button beside what is shown only once copies it, and says whether it did; where a browser refuses, the text is selected.
const button = document.querySelector('[data-copies]');
const text = document.getElementById(button.dataset.copies);
const said = button.parentElement.querySelector('[role=status]');

button.hidden = false;
button.addEventListener('click', async () => {
  said.textContent = '';
  try {
    await navigator.clipboard.writeText(text.textContent);
    said.textContent = button.dataset.copied;
  } catch {
    getSelection().selectAllChildren(text);
    said.textContent = button.dataset.notCopied;
  }
});
