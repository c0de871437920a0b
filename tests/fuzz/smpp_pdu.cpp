// A whole stream from an SMSC, as the session reads it: no bytes may crash it, stall it, or make it
// write something that is no PDU.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "protocols/sms/smpp/session.hpp"
#include "protocols/sms/text/user_data.hpp"

namespace {

using namespace siaga;
using namespace siaga::sms;

struct Owner final : SessionOwner {
  Session* session = nullptr;
  void on_bound() override {}
  void on_answer(Ticket, SubmitAnswer const&) override {}
  void on_unanswered(Ticket) override {}
  void on_told(Ticket, Told) override {}
  void on_deliver(std::uint32_t sequence, ShortMessage const& message) override {
    (void)text_of(message.text, message.data_coding, Charset::gsm);
    if ((message.esm_class & 0x40U) != 0) (void)split_header(message.text).has_value();
    (void)option(message.options, Tag::message_payload);
    session->answer(sequence, siaga::sms::Status::ok);
  }
};

void check_output(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const frame = next_pdu(bytes);
    if (!frame || !frame->pdu) std::abort();
    bytes.remove_prefix(frame->octets);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  SessionRules rules;
  rules.system_id = "siaga";
  Owner owner;
  Session session(rules, owner);
  owner.session = &session;
  SteadyTime const now{milliseconds(1000)};
  session.open(now);
  std::string bind("\0\0\0\x11\x80\0\0\x09\0\0\0\0\0\0\0\x01\0", 17);
  (void)session.receive(bind, now);
  for (std::uint32_t i = 0; i < 4; ++i) {
    Ticket ticket;
    ticket.submission = i;
    session.submit(ShortMessage(), ticket, now);
  }
  session.ask(Command::query_sm, MessageName(), Ticket(), now);
  session.ask(Command::cancel_sm, MessageName(), Ticket(), now);
  session.output().clear();
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  auto const taken = session.receive(bytes, now);
  if (taken > size) std::abort();
  check_output(session.output());
  (void)decode_bind(bytes).has_value();
  (void)decode_cancel(bytes).has_value();
  (void)decode_query(bytes).has_value();
  (void)decode_query_resp(bytes).has_value();
  (void)decode_data(bytes).has_value();
  (void)decode_replace(bytes).has_value();
  (void)decode_outbind(bytes).has_value();
  (void)decode_notification(bytes).has_value();
  (void)decode_multi(bytes).has_value();
  (void)decode_multi_resp(bytes).has_value();
  (void)options_after_text(bytes);
  return 0;
}
