// Sleep timer, size, colours, keyboard, language.

var rest = '';        // what the sleep timer waits for: '', 'article', or minutes
var due = 0;          // when the minutes are over
var resting = null;

// The sleep timer stops quietly: whoever sleeps must not be told so aloud.
function setRest(value) {
  rest = value;
  due = Number(value) ? Date.now() + Number(value) * 60000 : 0;
  clearInterval(resting);
  resting = due ? setInterval(restIfDue, 1000) : null;
  byId('left').textContent = value === 'article' ? word('rest_article') : '';
  restIfDue();
}

function restOver() {
  pick('rest', '');
  setRest('');
  byId('left').textContent = word('rested');
}

function restIfDue() {
  if (!due) { return; }
  var minutes = Math.ceil((due - Date.now()) / 60000);
  if (minutes > 0) {
    byId('left').textContent = word('rest_left', minutes);
  } else {
    sound.pause();
    restOver();
  }
}

// Whether the article that has just ended was to be the last.
function restAfterArticle() {
  if (rest !== 'article') { return false; }
  restOver();
  return true;
}

function setSize(value) {
  page.style.fontSize = 1.25 * Number(value) + '%';
  fit();
}

function setColours(value) {
  ['light', 'dark', 'contrast'].forEach(function (name) { page.classList.toggle(name, name === value); });
}

function setLanguage(value) {
  language = value;
  page.lang = value === 'en' ? 'en' : 'zh-CN';
  all('[data-word]').forEach(function (element) { element.textContent = word(element.getAttribute('data-word'), element.getAttribute('data-gap')); });
  all('[data-label]').forEach(function (element) { element.setAttribute('aria-label', word(element.getAttribute('data-label'))); });
  all('.length').forEach(function (element) {
    element.textContent = spoken(Number(element.getAttribute('data-ms')));
    element.lang = page.lang;
  });
  byId('other').lang = value === 'en' ? 'zh-CN' : 'en';
  if (!due) { byId('left').textContent = rest ? word('rest_article') : ''; }
  say('');
  restIfDue();
  state();
  fit();
}

// Shows a choice as made.
function pick(name, value) {
  all('input[name="' + name + '"]').forEach(function (input) { input.checked = input.value === value; });
}

function offered(name, value) {
  return all('input[name="' + name + '"]').some(function (input) { return input.value === value; });
}

var SETTINGS = { rest: setRest, size: setSize, colours: setColours, keys: null, language: setLanguage };

function wireSettings() {
  var asked = /[?&]lang=(en|zh)\b/.exec(window.location.search);
  pick('rest', '');
  Object.keys(SETTINGS).forEach(function (name) {
    var apply = SETTINGS[name];
    var value = name === 'language' && asked ? asked[1] : choices[name];
    if (name !== 'rest' && offered(name, value)) {
      pick(name, value);
      if (apply) { apply(value); }
    }
    all('input[name="' + name + '"]').forEach(function (input) {
      on(input, 'change', function () {
        if (name !== 'rest') { choose(name, input.value); }
        if (apply) { apply(input.value); }
      });
    });
  });
}
