// Before anything is seen: what the player will hide is not shown first. Should the
// player not come, the page is itself again once it is loaded.
document.documentElement.className = 'soon';
window.addEventListener('load', function () {
  var page = document.documentElement;
  page.className = page.className.replace('soon', '');
}, false);
