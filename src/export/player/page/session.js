// The lock screen, the keys of a headset, the keyboard's own media keys.

function announceSession() {
  if (!navigator.mediaSession || !window.MediaMetadata) { return; }
  var heading = document.querySelector('h1').textContent;
  navigator.mediaSession.metadata = new window.MediaMetadata({ title: parts[current].name, artist: heading, album: heading });
}

function positionSession() {
  if (!navigator.mediaSession || !navigator.mediaSession.setPositionState) { return; }
  var length = parts[current].ms / 1000;
  try {
    navigator.mediaSession.setPositionState({ duration: length, playbackRate: speed, position: Math.min(place() / 1000, length) });
  } catch (e) { /* an older notion of it */ }
}

function wireSession() {
  if (!navigator.mediaSession) { return; }
  var handlers = {
    play: play,
    pause: function () { sound.pause(); },
    stop: function () { sound.pause(); },
    seekbackward: function () { skipBy(-STEP); },
    seekforward: function () { skipBy(STEP); },
    seekto: function (to) { seek(to.seekTime * 1000); },
    previoustrack: function () { go(-1); },
    nexttrack: function () { go(1); }
  };
  Object.keys(handlers).forEach(function (action) {
    // A browser throws at an action it does not know.
    try { navigator.mediaSession.setActionHandler(action, handlers[action]); } catch (e) { /* it has none */ }
  });
}
