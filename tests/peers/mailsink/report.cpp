#include "tests/peers/mailsink/report.hpp"

#include <boost/json.hpp>
#include <cstdio>

#include "tests/peers/mailsink/parsed_mail.hpp"

namespace siaga::mailsink {
namespace json = boost::json;

namespace {

void print(json::object const& object) {
  auto const line = json::serialize(object) + "\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

// Good enough for our own letters: the header stands on one line.
std::string_view message_id_in(std::string_view bytes) {
  constexpr std::string_view name = "Message-ID: <";
  auto const at = bytes.find(name);
  if (at == bytes.npos) return {};
  auto const rest = bytes.substr(at + name.size());
  return rest.substr(0, rest.find('>'));
}

}  // namespace

void Report::received(Mail mail) {
  if (mails_ == 0) first_ns_ = mail.first_byte_ns;
  ++mails_;
  last_ns_ = mail.end_ns;
  recipients_ += mail.to.size();
  bytes_ += mail.bytes.size();
  if (detail_ == Detail::quiet) return;
  json::object line;
  line["t_ns"] = mail.first_byte_ns;
  line["from"] = mail.from;
  line["rcpt"] = json::array(mail.to.begin(), mail.to.end());
  if (detail_ == Detail::brief) {
    line["message_id"] = message_id_in(mail.bytes);
    return print(line);
  }
  auto const parsed = parse_mail(without_dot_stuffing(mail.bytes));
  line["message_id"] = parsed.message_id;
  line["subject"] = parsed.subject;
  line["text"] = parsed.text;
  line["link"] = parsed.link;
  line["bytes"] = mail.bytes.size();
  line["tls"] = mail.secure;
  line["answered"] = mail.answered;
  print(line);
}

void Report::clear() {
  connections_ = open_;
  mails_ = recipients_ = refused_ = bytes_ = 0;
  first_ns_ = last_ns_ = 0;
}

std::string Report::stats() const {
  json::object counts;
  counts["connections"] = connections_;
  counts["open"] = open_;
  counts["mails"] = mails_;
  counts["recipients"] = recipients_;
  counts["refused"] = refused_;
  counts["bytes"] = bytes_;
  counts["first_ns"] = first_ns_;
  counts["last_ns"] = last_ns_;
  return json::serialize(counts);
}

}  // namespace siaga::mailsink
