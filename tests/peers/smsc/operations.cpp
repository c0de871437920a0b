#include "tests/peers/smsc/operations.hpp"

#include "protocols/sms/smpp/decode.hpp"
#include "protocols/sms/smpp/encode.hpp"
#include "protocols/sms/text/user_data.hpp"
#include "tests/peers/smsc/smsc.hpp"

namespace siaga::smsc {
namespace {

using sms::Command;
using sms::Status;

constexpr auto unknown_id = static_cast<Status>(0x0C);
constexpr auto cannot_cancel = static_cast<Status>(0x11);
constexpr auto cannot_replace = static_cast<Status>(0x13);

sms::Header answer_to(sms::Pdu const& pdu, Status status) {
  sms::Header header;
  header.command = response_to(pdu.header.command);
  header.status = status;
  header.sequence = pdu.header.sequence;
  return header;
}

std::string bare_answer(sms::Pdu const& pdu, Status status) {
  std::string answer;
  sms::encode(answer, answer_to(pdu, status));
  return answer;
}

void log(Smsc& smsc, char const* event, std::string_view id, Status status, std::string_view told) {
  JsonLine line(event);
  line.text("id", id).number("status", static_cast<std::int64_t>(status));
  smsc.log(line.text("told", told));
}

std::string on_query(sms::Pdu const& pdu, Smsc& smsc) {
  auto const name = sms::decode_query(pdu.body);
  if (!name) return bare_answer(pdu, name.error().status);
  auto const* message = smsc.messages.find(name->message_id, smsc.options.id_form);
  auto const status = message != nullptr ? Status::ok : unknown_id;
  auto const state = message != nullptr ? message->state : MessageState::unknown;
  log(smsc, "query", name->message_id, status, name_of(state));
  if (status != Status::ok) return bare_answer(pdu, status);
  sms::QueryAnswer told;
  told.message_id = name->message_id;
  if (state != MessageState::enroute) told.final_date = "261123143100032+";
  told.state = static_cast<std::uint8_t>(state);
  std::string answer;
  sms::encode(answer, answer_to(pdu, Status::ok), told);
  return answer;
}

std::string on_cancel(sms::Pdu const& pdu, Smsc& smsc) {
  auto const name = sms::decode_cancel(pdu.body);
  if (!name) return bare_answer(pdu, name.error().status);
  auto* message = smsc.messages.find(name->message_id, smsc.options.id_form);
  auto status = unknown_id;
  if (message != nullptr)
    status = message->state == MessageState::enroute ? Status::ok : cannot_cancel;
  if (status == Status::ok) smsc.cancel(*message);
  log(smsc, "cancel", name->message_id, status, "");
  return bare_answer(pdu, status);
}

std::string on_replace(sms::Pdu const& pdu, Smsc& smsc) {
  auto const replacement = sms::decode_replace(pdu.body);
  if (!replacement) return bare_answer(pdu, replacement.error().status);
  auto const* message = smsc.messages.find(replacement->message_id, smsc.options.id_form);
  auto status = unknown_id;
  if (message != nullptr)
    status = message->state == MessageState::enroute ? Status::ok : cannot_replace;
  log(smsc, "replace", replacement->message_id, status,
      sms::text_of(replacement->text, 0, sms::Charset::gsm));
  return bare_answer(pdu, status);
}

}  // namespace

std::optional<std::string> answer_operation(sms::Pdu const& pdu, Smsc& smsc) {
  auto const command = pdu.header.command;
  if (command == Command::query_sm) return on_query(pdu, smsc);
  if (command == Command::cancel_sm) return on_cancel(pdu, smsc);
  if (command == Command::replace_sm) return on_replace(pdu, smsc);
  return std::nullopt;
}

}  // namespace siaga::smsc
