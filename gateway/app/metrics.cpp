#include "gateway/app/metrics.hpp"

namespace siaga {
namespace {

class Text {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    out_ += "# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ + " " +
            std::string(type) + "\n";
  }
  void value(std::string_view labels, double number) {
    out_ += name_;
    if (!labels.empty()) out_ += "{" + std::string(labels) + "}";
    auto text = std::to_string(number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    out_ += " " + text + "\n";
  }
  void single(std::string_view name, std::string_view type, std::string_view help, double number) {
    family(name, type, help);
    value("", number);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string name_;
  std::string out_;
};

}  // namespace

std::string prometheus_text(Readings const& now) {
  Text text;
  text.family("siaga_info", "gauge", "The running version.");
  text.value("version=\"" + now.state.version + "\"", 1);
  text.single("siaga_uptime_seconds", "gauge", "Seconds since the start.", now.uptime_s);
  text.single("siaga_health", "gauge", "0 ok, 1 degraded, 2 failing, as /healthz says.",
              now.health);
  text.single("siaga_outbox_oldest_seconds", "gauge",
              "How long the oldest receipt not yet told has waited.", now.outbox_oldest_s);
  text.single("siaga_broker_connected", "gauge", "1 while the MQTT broker is connected.",
              now.broker_connected ? 1 : 0);
  text.single("siaga_broker_reconnects_total", "counter",
              "Connections made to the broker after the first.",
              static_cast<double>(now.broker_reconnects));
  text.single("siaga_messages_received_total", "counter", "MQTT messages made durable.",
              static_cast<double>(now.received));
  text.single("siaga_broker_sessions_lost_total", "counter",
              "Connections on which the broker held nothing for us; the first start counts.",
              static_cast<double>(now.sessions_lost));
  text.single("siaga_broker_express_links", "gauge",
              "Agencies' links of their own to the broker that are up, and the one for answers.",
              static_cast<double>(now.express_up));
  text.single("siaga_messages_without_guarantee_total", "counter",
              "MQTT messages published at QoS 0.", static_cast<double>(now.without_guarantee));
  text.single("siaga_messages_refused_total", "counter",
              "MQTT messages the store could not take, left with the broker.",
              static_cast<double>(now.refused));
  text.single("siaga_messages_foreign_total", "counter", "MQTT messages on topics not of ours.",
              static_cast<double>(now.foreign));
  text.single("siaga_alerts_accepted_total", "counter", "Alerts accepted.",
              static_cast<double>(now.accepted));
  text.single("siaga_alerts_rejected_total", "counter", "Messages refused.",
              static_cast<double>(now.rejected));
  text.single("siaga_incidents_total", "counter", "Forged or missing signatures, names used twice.",
              static_cast<double>(now.incidents));
  text.single("siaga_alerts_held", "gauge",
              "Messages that wait for their agency's allowance or for a"
              " change of the configuration.",
              static_cast<double>(now.held));
  text.single("siaga_answers_waiting", "gauge",
              "Answers of agencies beyond their allowance that wait for their turn.",
              static_cast<double>(now.answers_waiting));
  text.single("siaga_http_evicted_total", "counter",
              "HTTP connections closed for another one when all places were taken.",
              static_cast<double>(now.http_evicted));
  text.family("siaga_attempts_total", "counter", "Tries to send a message, by how they ended.");
  for (auto const& [outcome, count] : now.attempts)
    text.value("outcome=\"" + outcome + "\"", static_cast<double>(count));
  text.single("siaga_ladders_open", "gauge", "Escalations under way.",
              static_cast<double>(now.ladders_open));
  text.single("siaga_deliveries_in_flight", "gauge", "Messages being sent now.",
              static_cast<double>(now.in_flight));
  text.single("siaga_core_stall_seconds", "gauge",
              "The longest time since the start that the core did one thing and nothing else.",
              now.core_stall_s);
  text.single("siaga_storage_failing", "gauge", "1 while the store refuses to write.",
              now.storage_failing ? 1 : 0);
  text.family("siaga_channel_up", "gauge", "1 up, 0.5 degraded, 0 down.");
  for (auto const& [channel, state] : now.state.channels)
    text.value("channel=\"" + channel.value + "\"", state == LinkState::up         ? 1
                                                    : state == LinkState::degraded ? 0.5
                                                                                   : 0);
  return text.take();
}

}  // namespace siaga
