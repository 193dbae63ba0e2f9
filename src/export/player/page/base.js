// What everything else stands on: the page's elements, the words of its two
// languages, and what is remembered. ECMAScript 5, for telephones of 2014.

var page = document.documentElement;

function byId(id) { return document.getElementById(id); }

function all(selector, within) {
  return Array.prototype.slice.call((within || document).querySelectorAll(selector));
}

function on(target, type, handler) { target.addEventListener(type, handler, false); }

// A page opened from a file may be forbidden to remember anything.
var memory = {
  read: function (name) {
    try { return JSON.parse(window.localStorage.getItem(name)) || {}; } catch (e) { return {}; }
  },
  write: function (name, value) {
    try { window.localStorage.setItem(name, JSON.stringify(value)); } catch (e) { /* then not */ }
  }
};

// The choices hold for every edition; place and speed for this one alone.
var CHOICES = 'tingbao';
var EDITION = 'tingbao.' + document.body.getAttribute('data-book');
var choices = memory.read(CHOICES); // name → value, as the radio buttons have them

function choose(name, value) {
  choices[name] = value;
  memory.write(CHOICES, choices);
}

var language = page.lang === 'en' ? 'en' : 'zh';

// A text of the interface; {a}, {b} are filled in.
function word(key, a, b) {
  var values = { '{a}': a, '{b}': b };
  return WORDS[language][key].replace(/\{[ab]\}/g, function (at) { return values[at]; });
}

// A length or a place as one says it: 2分42秒.
function spoken(ms) {
  var seconds = Math.round(ms / 1000);
  var units = [['hour', Math.floor(seconds / 3600)], ['minute', Math.floor(seconds / 60) % 60], ['second', seconds % 60]];
  var said = [];
  units.forEach(function (unit) {
    var count = unit[1];
    if (count > 0) { said.push(word(unit[0] + (count === 1 ? '' : 's'), count)); }
  });
  return said.length ? said.join(word('between_units')) : word('seconds', 0);
}

// Says something to the eye and, when it has changed, to a screen reader.
function say(text, where) {
  var region = where || byId('message');
  if (region.waiting) { clearTimeout(region.waiting); }
  region.textContent = '';
  region.waiting = text && setTimeout(function () { region.textContent = text; fit(); }, 60);
  fit();
}

// How much of the screen the keys cover, from its bottom.
var covered = 0;

// All keys stand at the bottom of the screen while they leave room for the text; else
// the first one does, while that does.
function fit() {
  var bar = byId('bar');
  var room = window.innerHeight;
  page.classList.remove('one');
  var high = bar.offsetHeight;
  // A message comes and goes; the keys must not jump about for it.
  var passing = byId('message').offsetHeight + byId('trouble').offsetHeight;
  var key = byId('play').offsetHeight;
  var pinned = high - passing <= room * 0.42 && high <= room * 0.7;
  var one = !pinned && key <= room * 0.3;
  page.classList.toggle('pinned', pinned);
  page.classList.toggle('one', one);
  covered = pinned ? high : one ? key : 0;
  document.body.style.paddingBottom = covered + 24 + 'px';
  page.style.scrollPaddingBottom = covered + 12 + 'px';
}

// How much of the screen is free of keys, from the top.
function free() { return window.innerHeight - covered; }
