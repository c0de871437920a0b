#include "gateway/journal/verification/evidence.hpp"

#include "gateway/base/digest.hpp"
#include "gateway/journal/log/words.hpp"

namespace siaga::journal {
namespace {

constexpr int ids_at_once = 8192;

std::string message_name(std::int64_t inbox, std::int64_t row) {
  return "message " + std::to_string(inbox) + ", received with " + row_name(row) + ",";
}

bool tells_topic(std::string_view detail, std::string const& topic) {
  return detail.find(" topic=" + topic + " bytes=") != std::string_view::npos;
}

bool is_set(std::vector<bool> const& bits, std::int64_t id) {
  return id > 0 && id < static_cast<std::int64_t>(bits.size()) &&
         bits[static_cast<std::size_t>(id)];
}

}  // namespace

Evidence::Evidence(Database& database, std::string decoder, std::int64_t last)
    : database_(database),
      decoder_(std::move(decoder)),
      received_(static_cast<std::size_t>(last + 1)),
      comparable_(static_cast<std::size_t>(last + 1)) {}

bool Evidence::concerns(std::string_view kind) {
  return kind == "received" || kind == "duplicate" || kind == "payload-dropped";
}

std::optional<Fault> Evidence::add(MessageRow const& row) {
  if (row.kind == "received") return add_received(row);
  gone_.erase(number_of(row.detail, "inbox"));
  return std::nullopt;
}

std::optional<Fault> Evidence::add_received(MessageRow const& row) {
  auto const id = number_of(row.detail, "inbox");
  auto const decoder = last_value_of(row.detail, "decoder");
  if (!decoder.empty() && decoder_known_from_ == 0) decoder_known_from_ = row.seq;
  Query kept(database_, "SELECT payload, topic FROM inbox WHERE id = ?", id);
  if (id <= 0 || id >= static_cast<std::int64_t>(received_.size()) || !kept.next())
    return contradiction(row.seq, message_name(id, row.seq) + " is missing");
  auto const at = static_cast<std::size_t>(id);
  received_[at] = true;
  comparable_[at] = !decoder.empty() && decoder == decoder_;
  ++messages_;
  if (!tells_topic(row.detail, logged_topic(kept.text(1))) &&
      !tells_topic(row.detail, scrubbed(kept.text(1), "")))  // as older versions wrote it
    return contradiction(row.seq, "the topic of " + message_name(id, row.seq) + " was changed");
  auto const payload = kept.blob(0);
  if (to_hex(bytes_of(Sha256().of(payload))) == last_value_of(row.detail, "sha256"))
    return std::nullopt;
  auto const in_part = last_value_of(row.detail, "kept");
  if (in_part == "cut" && !payload.empty()) return std::nullopt;
  if (!payload.empty())
    return contradiction(row.seq, "the text of " + message_name(id, row.seq) + " was changed");
  if (in_part != "hash") gone_.emplace(id, row.seq);
  return std::nullopt;
}

std::optional<Fault> Evidence::finish(std::int64_t last_row) {
  if (!gone_.empty()) {
    Query since(database_,
                "SELECT detail FROM log WHERE seq > ?"
                " AND kind IN ('duplicate', 'payload-dropped')",
                last_row);
    while (since.next()) gone_.erase(number_of(since.text(0), "inbox"));
  }
  if (!gone_.empty()) {
    auto const& [id, row] = *gone_.begin();
    return contradiction(row, "the text of " + message_name(id, row) +
                                  " is gone, and no row says that it was dropped");
  }
  return find_added();
}

std::optional<Fault> Evidence::find_added() const {
  auto const last = static_cast<std::int64_t>(received_.size()) - 1;
  for (std::int64_t after = 0; after < last;) {
    Query ids(database_, "SELECT id FROM inbox WHERE id > ? AND id <= ? ORDER BY id LIMIT ?", after,
              last, ids_at_once);
    int count = 0;
    for (; ids.next(); ++count) {
      after = ids.integer(0);
      if (!is_set(received_, after))
        return contradiction(1, "message " + std::to_string(after) +
                                    " was never received: no row of the log tells of it");
    }
    if (count < ids_at_once) break;
  }
  return std::nullopt;
}

bool Evidence::is_comparable(std::int64_t inbox) const {
  return is_set(comparable_, inbox);
}

}  // namespace siaga::journal
