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

json::object read(std::string_view receipt) {
  return json::parse({receipt.data(), receipt.size()}).as_object();
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
  auto object = read(receipt);
  object["reasons"].as_array().push_back(object_of(reason));
  return text_of(object);
}

ReceiptAgain said_again(std::string_view receipt) {
  auto object = read(receipt);
  object["decision"] = word_of(Decision::duplicate);
  auto const* code = object.at("code").if_string();
  return {text_of(object), code == nullptr ? "" : std::string(*code),
          object.at("recipients").to_number<std::size_t>()};
}

}  // namespace siaga
