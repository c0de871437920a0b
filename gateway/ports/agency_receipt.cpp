#include "gateway/ports/agency_receipt.hpp"

#include <boost/json.hpp>

#include "gateway/base/visible.hpp"

namespace siaga {

namespace json = boost::json;

namespace {

json::object object_of(Reason const& reason) {
  json::object object;
  object["path"] = reason.path;
  object["rule"] = reason.rule;
  object["text"] = reason.text;
  return object;
}

// A terminal that listens obeys nothing of it.
std::string text_of(json::object const& object) {
  return visible_lines(json::serialize(object));
}

json::string_view word_of(Decision decision) {
  auto const word = to_word(decision);
  return {word.data(), word.size()};
}

}  // namespace

std::string to_json(AgencyReceipt const& receipt, std::chrono::minutes offset) {
  json::object object;
  object["identifier"] = receipt.identifier;
  object["sender"] = receipt.sender;
  object["decision"] = word_of(receipt.decision);
  object["alert"] = nullptr;
  object["code"] = nullptr;
  if (!receipt.alert.empty()) object["alert"] = receipt.alert.value;
  if (!receipt.code.empty()) object["code"] = receipt.code;
  object["recipients"] = receipt.recipients;
  json::array reasons;
  for (auto const& reason : receipt.reasons) reasons.push_back(object_of(reason));
  object["reasons"] = std::move(reasons);
  object["received_at"] = to_rfc3339(receipt.received_at, offset);
  object["decided_at"] = nullptr;
  if (receipt.decided_at) object["decided_at"] = to_rfc3339(*receipt.decided_at, offset);
  return text_of(object);
}

std::string with_reason(std::string_view receipt, Reason const& reason) {
  auto whole = json::parse({receipt.data(), receipt.size()});
  auto& object = whole.as_object();
  object["reasons"].as_array().push_back(object_of(reason));
  return text_of(object);
}

std::optional<ReceiptAgain> said_again(std::string_view receipt) {
  boost::system::error_code error;
  auto whole = json::parse({receipt.data(), receipt.size()}, error);
  auto* object = error ? nullptr : whole.if_object();
  auto const* recipients = object == nullptr ? nullptr : object->if_contains("recipients");
  if (recipients == nullptr || !recipients->is_int64()) return std::nullopt;
  ReceiptAgain again;
  again.recipients = static_cast<std::size_t>(recipients->get_int64());
  auto const* code = object->if_contains("code");
  if (code != nullptr && code->is_string()) again.code = std::string(code->get_string());
  (*object)["decision"] = word_of(Decision::duplicate);
  again.json = text_of(*object);
  return again;
}

}  // namespace siaga
