// An SMSC on the npm package smpp, somebody else's reading of the protocol.
//
// usage: node smsc.js [CERTIFICATE KEY]     with both: TLS from the first byte
//   Prints `listening PORT` (of 127.0.0.1), then a line for each thing that happens:
//   bind MODE SYSTEM_ID PASSWORD | submit ID PART/PARTS | message FROM TO "TEXT" | confirmed STATUS |
//   alive | unbound. Each submit_sm gets an id in hexadecimal and its receipt after a few
//   milliseconds: by options when the id is even, as decimal in a text when it is odd. Whoever is
//   told `SIAP CODE` answers with it, his number written the national way when the id is odd.
'use strict';
const fs = require('fs');
const smpp = require('smpp');

const receiptAfterMs = 5;
const national = { source_addr_ton: 2, source_addr_npi: 1 };
const international = { source_addr_ton: 1, source_addr_npi: 1 };
let lastId = 0xABC0;

const say = (...words) => console.log(words.join(' '));

// Which of how many, from the user data header's joining element (8 or 16 bit reference).
function placeOf(headers) {
  for (const element of headers || []) {
    const at = { 0x00: 3, 0x08: 4 }[element[0]];
    if (at) return { of: element.toString('hex', 2, at), total: element[at], number: element[at + 1] };
  }
  return { of: '', total: 1, number: 1 };
}

class Texts {
  #parts = new Map();

  // The whole text once its last part has come.
  add(pdu, place) {
    const key = [pdu.source_addr, pdu.destination_addr, place.of].join(' ');
    const parts = this.#parts.get(key) || [];
    parts[place.number - 1] = pdu.short_message.message;
    this.#parts.set(key, parts);
    if (parts.filter(part => part !== undefined).length < place.total) return undefined;
    this.#parts.delete(key);
    return parts.join('');
  }
}

function deliver(session, pdu, more) {
  const back = { source_addr: pdu.destination_addr, ...international, destination_addr: pdu.source_addr };
  session.deliver_sm({ ...back, ...more }, answer => say('confirmed', answer.command_status));
}

function sendReceipt(session, pdu, id) {
  if (id % 2 === 0) {
    return deliver(session, pdu, { esm_class: smpp.ESM_CLASS.MC_DELIVERY_RECEIPT, short_message: '',
      receipted_message_id: id.toString(16).toUpperCase(), message_state: smpp.MESSAGE_STATE.DELIVERED });
  }
  deliver(session, pdu, { esm_class: smpp.ESM_CLASS.MC_DELIVERY_RECEIPT, short_message: `id:${id} sub:001 ` +
    'dlvrd:001 submit date:2611231430 done date:2611231431 stat:DELIVRD err:000 text:' });
}

function sendAnswer(session, pdu, id, text) {
  const asked = /SIAP (\d{4,5})/.exec(text);
  if (!asked) return;
  const nationally = { ...national, source_addr: pdu.destination_addr.replace(/^62/, '0') };
  deliver(session, pdu, { ...(id % 2 === 1 ? nationally : {}), short_message: `SIAP ${asked[1]}` });
}

function onSubmit(session, texts, pdu) {
  const id = ++lastId;
  const place = placeOf(pdu.short_message.udh);
  session.send(pdu.response({ message_id: id.toString(16).toUpperCase() }));
  say('submit', id.toString(16), `${place.number}/${place.total}`);
  const text = texts.add(pdu, place);
  if (text !== undefined) say('message', pdu.source_addr, pdu.destination_addr, JSON.stringify(text));
  setTimeout(() => {
    if (pdu.registered_delivery === 1) sendReceipt(session, pdu, id);
    if (text !== undefined) sendAnswer(session, pdu, id, text);
  }, receiptAfterMs);
}

function onSession(session) {
  const texts = new Texts();
  const onBind = mode => pdu => {
    say('bind', mode, pdu.system_id, pdu.password);
    session.send(pdu.response({ system_id: 'node' }));
    session.enquire_link(() => say('alive'));
  };
  session.on('bind_transceiver', onBind('trx'));
  session.on('bind_transmitter', onBind('tx'));
  session.on('bind_receiver', onBind('rx'));
  session.on('submit_sm', pdu => onSubmit(session, texts, pdu));
  session.on('enquire_link', pdu => session.send(pdu.response()));
  session.on('unbind', pdu => { session.send(pdu.response()); session.close(); say('unbound'); });
  session.on('error', error => say('error', error.message));
}

const [certificate, key] = process.argv.slice(2);
const options = certificate ? { cert: fs.readFileSync(certificate), key: fs.readFileSync(key) } : {};
const server = smpp.createServer(options, onSession);
server.on('tlsClientError', error => say('error', error.message));
server.listen(0, '127.0.0.1', () => say('listening', server.address().port));
