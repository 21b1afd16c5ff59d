// The account menu closes by Escape, and by a click elsewhere; without this file it opens and closes by its own button.
const menu = document.querySelector('details.account');
if (menu) {
  document.addEventListener('click', event => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener('keydown', event => {
    if (event.key === 'Escape' && menu.open) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
}
