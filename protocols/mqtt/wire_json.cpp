#include "protocols/mqtt/wire_json.hpp"

#include <boost/json.hpp>

#include "gateway/base/visible.hpp"
#include "gateway/domain/text.hpp"
#include "protocols/mqtt/repeated_key.hpp"

namespace siaga::mqtt {
namespace json = boost::json;

namespace {

constexpr std::size_t note_bytes_max = 500;

// A terminal that listens obeys nothing of it.
std::string text_of(json::object const& object) {
  return visible_lines(json::serialize(object));
}

class AnswerReader {
 public:
  explicit AnswerReader(json::object const& object) : object_(object) {}

  Judged<AgencyAnswer> read() {
    AgencyAnswer answer;
    refuse_unknown_keys();
    read_alert(answer);
    answer.officer = OfficerId(text("officer"));
    if (answer.officer.empty())
      broken("/officer", "ack.officer", "wajib: id petugas / required: the officer's id");
    auto const word = text("answer");
    auto const kind = from_word<Answer>(word);
    if (!kind)
      broken("/answer", "ack.answer",
             "harus accepted atau declined / must be accepted or declined");
    else
      answer.answer = *kind;
    answer.note = shortened(text("note"), note_bytes_max);
    if (!why_.reasons.empty()) return why_;
    return answer;
  }

 private:
  void read_alert(AgencyAnswer& answer) {
    answer.code = text("code");
    if (auto const* alert = object_.if_contains("alert")) {
      if (alert->is_int64() && alert->get_int64() > 0)
        answer.alert = AlertId(alert->get_int64());
      else
        broken("/alert", "ack.alert",
               "harus nomor dari tanda terima / must be the receipt's number");
    }
    if (answer.alert.empty() && answer.code.empty())
      broken("/code", "ack.code", "wajib: alert atau code / required: alert or code");
  }
  std::string text(std::string_view key) {
    auto const* value = object_.if_contains(key);
    if (value == nullptr || value->is_null()) return "";
    if (auto const* string = value->if_string()) return std::string(*string);
    broken("/" + std::string(key), "ack.type", "harus teks / must be text");
    return "";
  }
  void refuse_unknown_keys() {
    std::size_t number = 0;
    for (auto const& member : object_) {
      ++number;
      auto const key = std::string(member.key());
      if (key == "alert" || key == "code" || key == "officer" || key == "answer" || key == "note")
        continue;
      broken("/" + key, "ack.key",
             "kunci tidak dikenal; yang ada alert, code, officer, answer, note / unknown key");
      why_.reasons.back().place = "key " + std::to_string(number);
    }
  }
  void broken(std::string path, std::string rule, std::string what) {
    why_.reasons.push_back(Reason{std::move(path), std::move(rule), std::move(what)});
  }

  json::object const& object_;
  Rejection why_;
};

constexpr std::size_t checkpoint_bytes_max = 1024;

bool is_sha256(std::string_view hex) {
  return hex.size() == 64 && hex.find_first_not_of("0123456789abcdef") == hex.npos;
}

}  // namespace

Judged<AgencyAnswer> WireJson::agency_answer(std::string_view payload) const {
  boost::system::error_code ec;
  auto const value = json::parse(payload, ec);
  if (ec || !value.is_object())
    return Rejection(Reason{"", "ack.json", "bukan objek JSON / not a JSON object"});
  if (auto const key = repeated_key(payload))
    return Rejection(Reason{"/" + *key, "ack.key", "kunci ditulis dua kali / key written twice"});
  return AnswerReader(value.get_object()).read();
}

std::string WireJson::status(AlertStatus const& status, std::optional<UtcTime> next_step_at,
                             UtcTime updated_at, std::chrono::minutes offset) const {
  json::object out;
  out["state"] = to_word(status.state);
  out["identifier"] = status.identifier;
  out["planned"] = status.planned;
  out["sent"] = status.sent;
  out["delivered"] = status.delivered;
  out["failed"] = status.failed;
  out["accepted"] = status.accepted;
  out["declined"] = status.declined;
  out["step"] = status.step + 1;
  if (next_step_at)
    out["next_step_at"] = to_rfc3339(*next_step_at, offset);
  else
    out["next_step_at"] = nullptr;
  out["updated_at"] = to_rfc3339(updated_at, offset);
  return text_of(out);
}

std::string WireJson::gateway_state(GatewayState const& state, std::chrono::minutes offset) const {
  json::object channels;
  for (auto const& [name, link] : state.channels) channels[name.value] = to_word(link);
  json::object out;
  out["state"] = state.state;
  out["since"] = to_rfc3339(state.since, offset);
  out["version"] = state.version;
  out["channels"] = std::move(channels);
  return text_of(out);
}

std::string WireJson::checkpoint(Checkpoint const& checkpoint, std::chrono::minutes offset) const {
  json::object out;
  out["size"] = checkpoint.size;
  out["root"] = checkpoint.root;
  out["at"] = to_rfc3339(checkpoint.at, offset);
  out["mac"] = checkpoint.mac;
  return text_of(out);
}

std::optional<PublishedCheckpoint> WireJson::published_checkpoint(std::string_view text) const {
  boost::system::error_code ec;
  auto const value = json::parse(text.substr(0, checkpoint_bytes_max), ec);
  auto const* object = ec ? nullptr : value.if_object();
  if (object == nullptr) return std::nullopt;
  auto const word = [&](char const* key) {
    auto const* found = object->if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
  };
  auto const* size = object->if_contains("size");
  auto root = word("root");
  if (size == nullptr || !size->is_int64() || size->get_int64() <= 0 || !is_sha256(root))
    return std::nullopt;
  return PublishedCheckpoint(size->get_int64(), std::move(root), word("mac"));
}

}  // namespace siaga::mqtt
