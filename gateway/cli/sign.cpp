// `siaga sign`: the user properties that make a message an agency's own, for any MQTT 5 client.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/base/visible.hpp"
#include "gateway/cli/exits.hpp"
#include "gateway/cli/files.hpp"
#include "gateway/cli/signing.hpp"
#include "gateway/ports/topics.hpp"
#include "gateway/views/table.hpp"

namespace siaga::cli {
namespace json = boost::json;

namespace {

std::string topic_of(SignOptions const& options) {
  return options.topic.empty() ? std::string(topics::alert) + options.agency : options.topic;
}

// As one word of a shell's line.
std::string quoted(std::string const& word) {
  std::string text = "'";
  for (char const c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

std::string publishing(SignOptions const& options, Signed const& made) {
  std::string line = "mosquitto_pub -V 5 -q 1 -t " + quoted(topic_of(options));
  line += options.alert_file == "-" ? " -s" : " -f " + quoted(options.alert_file);
  for (auto const& [name, value] : made.properties())
    line += " -D publish user-property " + name + " " + quoted(value);
  return line;
}

void write_text(std::ostream& out, SignOptions const& options, Signed const& made) {
  out << "sig: " << made.sig << "\nkey: " << made.key_id << "\n\n"
      << "Publish exactly these bytes on " << views::plain(topic_of(options)) << " before "
      << made.expires
      << ",\nwith both as MQTT 5 user properties; add -h, -u, -P, --cafile as your broker "
         "wants:\n\n"
      << publishing(options, made) << '\n';
}

}  // namespace

int sign(SignOptions const& options, Terminal const& terminal) {
  auto const topic = topic_of(options);
  if (!topics::is_inbound(topic) || views::plain(topic) != topic) {
    terminal.err
        << "siaga: the gateway listens on siaga/alert/AGENCY and siaga/ack/AGENCY, not on '"
        << views::plain(topic) << "'\n";
    return exit_usage;
  }
  auto const payload = read_alert_file(options.alert_file);
  if (!payload) {
    terminal.err << "siaga: " << visible(payload.error().text()) << '\n';
    return exit_unknown;
  }
  auto const made = signed_message(options.signing, topic, *payload, terminal);
  if (!made) {
    terminal.err << "siaga: " << visible(made.error().text()) << '\n';
    return exit_of(made.error());
  }
  if (options.format == "json")
    terminal.out << json::serialize(json::object{{"sig", made->sig},
                                                 {"key", made->key_id},
                                                 {"topic", topic},
                                                 {"expires", made->expires},
                                                 {"command", publishing(options, *made)}})
                 << '\n';
  else
    write_text(terminal.out, options, *made);
  return exit_good;
}

}  // namespace siaga::cli
