// The focus after instant navigation. A page loaded whole is read from its top; one swapped in leaves the focus on a link
// that is gone and says nothing to a screen reader. So the new page's title takes the focus, without moving the scroll.
"use strict";
(() => {
  let first = true;
  window.document$?.subscribe(() => {
    if (first) {
      first = false;
      return;
    }
    if (location.hash) return;
    const title = document.querySelector("#contenuto h1");
    if (!title) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  });
})();
