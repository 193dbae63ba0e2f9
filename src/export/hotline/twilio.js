// 听报热线：Twilio Function。按 hotline.json 的状态回答每一次请求，没有别的依赖。
// Answers every request with TwiML by the states of hotline.json; depends on nothing.
//
// SOUNDS is where the folder `sounds` can be fetched; LINE is hotline.json.
'use strict';

const PACES = ['slow', 'normal', 'fast'];

function escape(text) {
  return String(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

// One TwiML document. `ask` is what the request says: the state, the pace, the piece of
// an article, how many silences there were, the key or number that was pressed.
function answer(line, sounds, self, ask) {
  const states = new Map(line.states.map((state) => [state.id, state]));
  const prompts = new Map(line.prompts.map((prompt) => [prompt.id, prompt]));
  const out = [];
  const play = (file) => out.push(`<Play>${escape(`${sounds}/${file}.ulaw`)}</Play>`);
  const say = (id) => play(prompts.get(id).file);
  const says = (list) => list.forEach((said) => {
    if (said.prompt) say(said.prompt);
  });
  const link = (at) => escape(`${self}?${new URLSearchParams(at)}`);
  const document = (inner) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${inner}</Response>\n`;

  let id = ask.state || line.start;
  let pace = PACES.includes(ask.pace) ? ask.pace : 'normal';
  let piece = Math.max(0, Number.parseInt(ask.piece, 10) || 0);
  let silences = Number.parseInt(ask.silences, 10) || 0;
  const pressed = ask.pressed || '';
  let state = states.get(id) || states.get(line.start);

  const story = (number) => line.articles[number - 1];
  const take = (number, at) => story(number).takes.find((one) => one.pace === at);
  const go = (to, at = 0) => {
    id = to;
    piece = at;
    state = states.get(to);
  };

  // A key or a silence at the state the request comes from.
  if (ask.asked && state.does === 'ask') {
    if (pressed) {
      silences = 0;
      const number = /^[1-9][0-9]*#?$/.test(pressed) ? Number.parseInt(pressed, 10) : 0;
      if (state.keys[pressed]) go(state.keys[pressed]);
      else if (state.numbers && story(number)) go(`one-${number}`);
      else say(line.rules.wrong);
    } else {
      silences += 1;
      if (silences >= line.rules.silences) go(line.rules.quiet);
      else say(line.rules.silent);
    }
  } else if (ask.asked && state.does === 'read') {
    const control = line.rules.reading[pressed];
    const here = take(state.article, pace);
    if (!pressed) {
      if (piece + 1 < here.pieces.length) piece += 1;
      else go(state.end);
    } else if (control === 'forward') {
      if (piece + 1 < here.pieces.length) piece += 1;
      else go(state.end);
    } else if (control === 'back') {
      piece = Math.max(0, piece - 1);
    } else if (control === 'slower' || control === 'faster') {
      const at = PACES.indexOf(pace) + (control === 'faster' ? 1 : -1);
      if (PACES[at]) {
        const sentence = here.pieces[piece].sentence;
        const next = take(state.article, PACES[at]).pieces;
        piece = next.filter((one) => one.sentence <= sentence).length - 1;
        pace = PACES[at];
      } else {
        say(control === 'faster' ? line.rules.fastest : line.rules.slowest);
      }
    } else if (control === 'next') go(state.next);
    else if (control === 'previous') go(state.previous);
    else if (control === 'up') go(state.up);
    else if (control === 'help') say(line.rules.reading_help);
    else if (control === 'pause') {
      // Any key, or half a minute, goes on.
      const on = link({ state: id, pace, piece, silences });
      return document(
        `<Gather numDigits="1" timeout="30" finishOnKey="" action="${on}">` +
          `</Gather><Redirect>${on}</Redirect>`,
      );
    } else if (control !== 'repeat' && control !== 'ignore') say(line.rules.reading_wrong);
  }

  // What follows without a key. All that is said stands inside the Gather: a key may
  // interrupt it.
  for (let steps = 0; steps <= line.states.length; steps += 1) {
    if (state.does === 'tell') {
      says(state.say);
      go(state.next);
    } else if (state.does === 'recall') go(state.unknown);
    else if (state.does === 'forget') go(state.next);
    else break;
  }
  if (state.does === 'hang_up' || state.does === 'resume') {
    says(state.say || []);
    return document(`${out.join('')}<Hangup/>`);
  }
  const at = { state: id, pace, piece, silences, asked: 1 };
  let gather;
  if (state.does === 'read') {
    play(take(state.article, pace).pieces[piece].file);
    gather = 'numDigits="1" timeout="0" finishOnKey=""';
  } else {
    says(state.say);
    const figures = state.numbers ? String(line.articles.length).length : 1;
    gather =
      figures > 1
        ? `numDigits="${figures}" timeout="${Math.ceil(line.rules.between / 1000)}" finishOnKey=""`
        : `numDigits="1" timeout="${Math.ceil(line.rules.wait / 1000)}" finishOnKey=""`;
  }
  return document(
    `<Gather ${gather} action="${link(at)}">${out.join('')}</Gather>` +
      `<Redirect>${link({ ...at, pressed: '' })}</Redirect>`,
  );
}

exports.answer = answer;

// What Twilio calls.
exports.handler = async (context, event, callback) => {
  const line = JSON.parse(Runtime.getAssets()['/hotline.json'].open());
  const ask = { ...event, pressed: event.Digits || '' };
  const response = new Twilio.Response();
  response.appendHeader('Content-Type', 'text/xml');
  response.setBody(answer(line, context.SOUNDS, context.PATH, ask));
  callback(null, response);
};
