#include "protocols/sms/smpp/decode.hpp"
#include "protocols/sms/smpp/encode.hpp"
#include "protocols/sms/smpp/status.hpp"
#include "tests/sms/allocations.hpp"
#include "tests/sms/hex.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

// SMPP v3.4, 3.2.3: the specification's own sample.
std::string const sample_bind = from_hex(
    "00 00 00 2F 00 00 00 02 00 00 00 00 00 00 00 01 53 4D 50 50 33 54 45 53 54 00 73 65 63 72 65 "
    "74"
    "30 38 00 53 55 42 4D 49 54 31 00 00 01 01 00");

Header header(Command command, std::uint32_t sequence) {
  Header h;
  h.command = command;
  h.sequence = sequence;
  return h;
}

std::string a_message() {
  ShortMessage m;
  m.service_type = "CMT";
  m.source = {5, 0, "SIAGA"};
  m.destination = {1, 1, "6281200000001"};
  m.esm_class = 0x40;
  m.priority = 3;
  m.validity = "000000020000000R";
  m.registered_delivery = 1;
  m.data_coding = 8;
  m.text = std::string_view("\x00\x61", 2);
  Option const payload{Tag::message_payload, "xyz"};
  std::string pdu;
  encode(pdu, header(Command::submit_sm, 9), m, {&payload, 1});
  return pdu;
}

}  // namespace

TEST_CASE("the specification's sample bind is read and written to the octet", "[sms]") {
  auto const frame = next_pdu(sample_bind);
  REQUIRE(frame.has_value());
  REQUIRE(frame->pdu);
  CHECK(frame->octets == sample_bind.size());
  CHECK(frame->pdu->header.command == Command::bind_transmitter);
  CHECK(frame->pdu->header.sequence == 1);
  auto const bind = decode_bind(frame->pdu->body);
  REQUIRE(bind.has_value());
  CHECK(bind->system_id == "SMPP3TEST");
  CHECK(bind->password == "secret08");
  CHECK(bind->system_type == "SUBMIT1");
  CHECK(bind->range.ton == 1);
  std::string written;
  encode(written, frame->pdu->header, *bind);
  CHECK(written == sample_bind);
}

TEST_CASE("a submit_sm is laid out as section 4.4.1 says", "[sms]") {
  CHECK(
      a_message() ==
      from_hex("0000004F 00000004 00000000 00000009 434D5400 0500 534941474100 0101"
               "3632383132303030303030303100 40 00 03 00 30303030303030323030303030303052 00 01 00"
               "08 00 02 0061 0424 0003 78797A"));
}

TEST_CASE("a message comes back with all its fields", "[sms]") {
  auto const pdu = a_message();
  auto const message = decode_message(std::string_view(pdu).substr(16));
  REQUIRE(message.has_value());
  CHECK(message->service_type == "CMT");
  CHECK(message->source.text == "SIAGA");
  CHECK(message->destination.text == "6281200000001");
  CHECK(message->validity == "000000020000000R");
  CHECK(message->data_coding == 8);
  CHECK(message->text == std::string_view("\x00\x61", 2));
  CHECK(option(message->options, Tag::message_payload) == "xyz");
  CHECK_FALSE(option(message->options, Tag::message_state));
}

TEST_CASE("a message cut anywhere is never delivered half", "[sms]") {
  auto const body = a_message().substr(16);
  auto const before_options = body.size() - 7;
  for (std::size_t length = 0; length < body.size(); ++length) {
    auto const message = decode_message(std::string_view(body).substr(0, length));
    if (length == before_options) {
      CHECK(message.has_value());  // options may be absent, but not half there
    } else {
      REQUIRE_FALSE(message.has_value());
      CHECK(message.error().status == (length > before_options ? Status::invalid_option_stream
                                                               : Status::invalid_message_length));
    }
  }
}

TEST_CASE("a string without end is refused within its room", "[sms]") {
  std::string const body = "CMT" + std::string(60, 'x');
  auto const message = decode_message(body);
  REQUIRE_FALSE(message.has_value());
  CHECK(message.error().status == Status::invalid_message_length);
}

TEST_CASE("lengths below the header or beyond 64 KiB end the stream", "[sms]") {
  for (auto const* length : {"00000000", "00000004", "0000000F", "00010001", "FFFFFFF0"}) {
    auto const frame = next_pdu(from_hex(std::string(length) + "00000004"));
    REQUIRE_FALSE(frame.has_value());
    CHECK(frame.error().status == Status::invalid_command_length);
  }
}

TEST_CASE("a PDU is taken only when it is whole", "[sms]") {
  auto const pdu = a_message();
  for (std::size_t length = 0; length < pdu.size(); ++length) {
    auto const frame = next_pdu(std::string_view(pdu).substr(0, length));
    REQUIRE(frame.has_value());
    CHECK_FALSE(frame->pdu);
  }
  auto const frame = next_pdu(pdu + "more");
  REQUIRE(frame.has_value());
  CHECK(frame->octets == pdu.size());
}

TEST_CASE("a response's id is read without its NUL and without a body", "[sms]") {
  CHECK(first_text(std::string_view("abc\0", 4)) == "abc");
  CHECK(first_text("abc") == "abc");
  CHECK(first_text("").empty());
}

TEST_CASE("query_sm and cancel_sm and their answers keep their fields", "[sms]") {
  MessageName name;
  name.message_id = "4f2a";
  name.source = {5, 0, "SIAGA"};
  name.destination = {1, 1, "628"};
  std::string query, cancel, answered;
  encode(query, header(Command::query_sm, 3), name);
  encode(cancel, header(Command::cancel_sm, 4), name);
  auto const asked = decode_query(std::string_view(query).substr(16));
  auto const cancelled = decode_cancel(std::string_view(cancel).substr(16));
  REQUIRE(asked.has_value());
  REQUIRE(cancelled.has_value());
  CHECK(asked->message_id == "4f2a");
  CHECK(cancelled->destination.text == "628");
  QueryAnswer answer;
  answer.message_id = "4f2a";
  answer.state = 2;
  encode(answered, header(Command::query_sm_resp, 3), answer);
  auto const read = decode_query_resp(std::string_view(answered).substr(16));
  REQUIRE(read.has_value());
  CHECK(read->state == 2);
}

TEST_CASE("the other operations of v3.4 come back with their fields", "[sms]") {
  std::string data, replace, outbind, notification;
  ShortMessage m;
  m.source = {1, 1, "62812"};
  m.destination = {5, 0, "SIAGA"};
  m.esm_class = 4;
  m.data_coding = 8;
  Option const payload{Tag::message_payload, "teks"};
  encode(data, header(Command::data_sm, 1), m, {&payload, 1});
  auto const as_data = decode_data(std::string_view(data).substr(16));
  REQUIRE(as_data.has_value());
  CHECK(as_data->source.text == "62812");
  CHECK(as_data->esm_class == 4);
  CHECK(as_data->data_coding == 8);
  CHECK(option(as_data->options, Tag::message_payload) == "teks");

  Replacement wanted;
  wanted.message_id = "4f2a";
  wanted.source = {5, 0, "SIAGA"};
  wanted.validity = "000000020000000R";
  wanted.registered_delivery = 1;
  wanted.text = "baru";
  encode(replace, header(Command::replace_sm, 2), wanted);
  auto const as_replace = decode_replace(std::string_view(replace).substr(16));
  REQUIRE(as_replace.has_value());
  CHECK(as_replace->message_id == "4f2a");
  CHECK(as_replace->validity == "000000020000000R");
  CHECK(as_replace->text == "baru");

  encode(outbind, header(Command::outbind, 3), Outbind{"smsc", "rahasia"});
  auto const as_outbind = decode_outbind(std::string_view(outbind).substr(16));
  REQUIRE(as_outbind.has_value());
  CHECK(as_outbind->password == "rahasia");

  encode(notification, header(Command::alert_notification, 4),
         AlertNotification{{1, 1, "62812"}, {0, 0, "siaga"}, {}});
  auto const as_notification = decode_notification(std::string_view(notification).substr(16));
  REQUIRE(as_notification.has_value());
  CHECK(as_notification->esme.text == "siaga");
}

TEST_CASE("submit_multi names addresses and lists, its answer those it refused", "[sms]") {
  MultiSubmit many;
  many.message.source = {5, 0, "SIAGA"};
  many.message.text = "halo";
  many.destinations = {{{1, 1, "62812"}, {}}, {{}, "piket"}};
  std::string pdu, answer;
  encode(pdu, header(Command::submit_multi, 1), many);
  auto const read = decode_multi(std::string_view(pdu).substr(16));
  REQUIRE(read.has_value());
  REQUIRE(read->destinations.size() == 2);
  CHECK(read->destinations[0].address.text == "62812");
  CHECK(read->destinations[1].list == "piket");
  CHECK(read->message.text == "halo");

  MultiAnswer refused;
  refused.message_id = "9";
  refused.refused = {{{1, 1, "62812"}, Status::invalid_destination}};
  encode(answer, header(Command::submit_multi_resp, 1), refused);
  auto const told = decode_multi_resp(std::string_view(answer).substr(16));
  REQUIRE(told.has_value());
  REQUIRE(told->refused.size() == 1);
  CHECK(told->refused[0].status == Status::invalid_destination);

  pdu[16 + 1 + 8 + 1] = 3;  // the first destination's flag
  auto const neither = decode_multi(std::string_view(pdu).substr(16));
  REQUIRE_FALSE(neither.has_value());
  CHECK(neither.error().status == Status::invalid_message_length);
}

TEST_CASE("any operation cut short is refused, never read half", "[sms]") {
  std::string pdu;
  Replacement replacement;
  replacement.message_id = "4f2a";
  replacement.text = "baru";
  encode(pdu, header(Command::replace_sm, 2), replacement);
  auto const body = std::string_view(pdu).substr(16);
  for (std::size_t length = 0; length < body.size(); ++length)
    CHECK_FALSE(decode_replace(body.substr(0, length)).has_value());
}

TEST_CASE("writing a submit allocates nothing once the buffer has grown", "[sms]") {
  auto const once = a_message();
  auto const parsed = decode_message(std::string_view(once).substr(16));
  REQUIRE(parsed.has_value());
  std::string out;
  encode(out, header(Command::submit_sm, 1), *parsed);
  for (std::uint32_t i = 2; i < 100; ++i) {
    out.clear();
    test::Allocations const counted;
    encode(out, header(Command::submit_sm, i), *parsed);
    CHECK(counted.since() == 0);
  }
}

TEST_CASE("each refusal is classed by what trying again would do", "[sms]") {
  CHECK(class_of(Status::throttled) == SubmitClass::throttled);
  CHECK(class_of(Status::message_queue_full) == SubmitClass::throttled);
  CHECK(class_of(Status::system_error) == SubmitClass::link_fault);
  CHECK(class_of(Status::invalid_destination) == SubmitClass::permanent);
  CHECK(class_of(Status::submit_failed) == SubmitClass::retry);
  CHECK(class_of(static_cast<Status>(0x412)) == SubmitClass::retry);
  CHECK(class_of(static_cast<Status>(0x101)) == SubmitClass::permanent);  // v5.0
  CHECK(class_of(static_cast<Status>(0x102)) == SubmitClass::link_fault);
  CHECK(is_configuration_fault(Status::invalid_password));
  CHECK_FALSE(is_configuration_fault(Status::already_bound));
  CHECK(text_of(Status::invalid_destination) == "invalid destination address (0x0b)");
}

}  // namespace siaga::sms
