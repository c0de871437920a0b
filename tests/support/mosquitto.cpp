#include "tests/support/mosquitto.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace siaga::test {
using std::chrono::seconds;

Mosquitto::Mosquitto(std::string more) : port_(free_port()), more_(std::move(more)) {}

void Mosquitto::start() {
  auto const file = directory_.path() + "/mosquitto.conf";
  std::ofstream conf(file, std::ios::trunc);
  if (more_.find("listener ") == std::string::npos)
    conf << "listener " << port_ << " 127.0.0.1\nallow_anonymous true\n";
  conf << "persistence true\npersistence_location " << directory_.path() << "/\n"
       << "log_dest stderr\nset_tcp_nodelay true\nmax_queued_messages 0\n";
  if (::geteuid() == 0) conf << "user root\n";
  conf << more_ << '\n';
  conf.close();
  std::string const installed = "/usr/sbin/mosquitto";
  bool const known = std::filesystem::exists(installed);
  broker_ = std::make_unique<Child>(
      std::vector<std::string>{known ? installed : "mosquitto", "-c", file});
  if (!broker_->line_with(" running", seconds(10)))
    throw std::runtime_error("mosquitto does not start:\n" + broker_->output());
}

void Mosquitto::stop() {
  // One that comes right after " running" is forgotten by mosquitto 2.0.
  for (int tries = 0; tries < 10; ++tries) {
    broker_->signal(SIGTERM);
    if (broker_->exit_code(seconds(1))) return;
  }
  throw std::runtime_error("mosquitto does not stop");
}

void Mosquitto::kill() {
  broker_->kill();
}

void Mosquitto::pause() {
  broker_->signal(SIGSTOP);
}

void Mosquitto::forget_everything() {
  std::filesystem::remove(directory_.path() + "/mosquitto.db");
}

std::vector<std::string> Mosquitto::client(std::string program, std::string topic) const {
  return {std::move(program),    "-V", "5", "-h", "127.0.0.1",     "-p",
          std::to_string(port_), "-q", "1", "-t", std::move(topic)};
}

void Mosquitto::publish(std::string topic, std::string payload, std::vector<std::string> more) {
  more.push_back(payload.empty() ? "-n" : "-s");
  publish_input(std::move(topic), payload, more);
}

void Mosquitto::publish_lines(std::string topic, std::vector<std::string> const& lines) {
  std::string all;
  for (auto const& line : lines) all += line + '\n';
  publish_input(std::move(topic), all, {"-l"});
}

void Mosquitto::publish_input(std::string topic, std::string const& input,
                              std::vector<std::string> const& more) {
  auto argv = client("mosquitto_pub", std::move(topic));
  argv.insert(argv.end(), more.begin(), more.end());
  Child publisher(std::move(argv));
  publisher.write(input);
  publisher.close_input();
  if (publisher.exit_code(seconds(10)) != 0)
    throw std::runtime_error("mosquitto_pub failed:\n" + publisher.output());
}

bool Mosquitto::logs(std::string const& text, std::chrono::milliseconds limit) {
  return broker_->line_with(text, limit).has_value();
}

std::unique_ptr<Child> Mosquitto::subscribe(std::string topic, std::vector<std::string> more) {
  auto argv = client("mosquitto_sub", std::move(topic));
  argv.insert(argv.begin(), {"stdbuf", "-oL"});
  argv.insert(argv.end(), {"-d", "-F", "> %t %p"});
  argv.insert(argv.end(), more.begin(), more.end());
  auto child = std::make_unique<Child>(std::move(argv));
  if (!child->line_with("Subscribed", seconds(10)))
    throw std::runtime_error("mosquitto_sub does not subscribe:\n" + child->output());
  return child;
}

}  // namespace siaga::test
