#include "gateway/journal/changes/keep.hpp"

#include "gateway/journal/log/words.hpp"

namespace siaga::journal {

namespace {

std::string digest_text(Hash const& digest) {
  return to_hex(bytes_of(digest));
}

// Only said when there is something to say.
std::string kept_text(Kept kept) {
  return kept == Kept::whole ? "" : " kept=" + std::string(to_word(kept));
}

}  // namespace

void keep_message(Transaction& tx, InboundMessage const& message, Hash const& digest) {
  auto const& raw = message.raw;
  run(tx.db,
      "INSERT INTO inbox (id, topic, payload, content_type, response_topic, correlation, signature,"
      " key_id, retained, received_at, state, reason, digest, bytes, kept)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'new', '', ?, ?, ?)",
      message.id, raw.topic, Blob{raw.payload}, raw.content_type, raw.response_topic,
      Blob{raw.correlation_data}, raw.signature, raw.key_id, raw.retained, raw.received_at,
      Blob{bytes_of(digest)}, message.bytes, message.kept);
  tx.log.write(raw.received_at,
               {"received",
                {},
                {},
                {},
                "inbox=" + std::to_string(message.id.value) + " topic=" + logged_topic(raw.topic) +
                    " bytes=" + std::to_string(message.bytes) + " sha256=" + digest_text(digest) +
                    kept_text(message.kept) +
                    (tx.settings.decoder.empty() ? "" : " decoder=" + tx.settings.decoder)});
}

}  // namespace siaga::journal
