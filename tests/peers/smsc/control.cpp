#include "tests/peers/smsc/control.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <istream>

#include "tests/peers/smsc/connection.hpp"

namespace siaga::smsc {
namespace asio = boost::asio;
namespace {

// The first word, taken off the front with the space after it.
std::string word(std::string& line) {
  auto const end = std::min(line.find(' '), line.size());
  auto const first = line.substr(0, end);
  line.erase(0, std::min(end + 1, line.size()));
  return first;
}

std::string said(std::string const& problem) {
  return problem.empty() ? "ok\n" : "error: " + problem + "\n";
}

}  // namespace

void Control::start() {
  asio::async_read_until(socket_, input_, '\n',
                         [self = shared_from_this()](boost::system::error_code ec, std::size_t) {
                           if (ec) return;
                           std::string line;
                           std::istream stream(&self->input_);
                           std::getline(stream, line);
                           if (!line.empty() && line.back() == '\r') line.pop_back();
                           self->answer_ = self->obey(line);
                           self->smsc_.flush();
                           asio::async_write(self->socket_, asio::buffer(self->answer_),
                                             [self](boost::system::error_code failed, std::size_t) {
                                               if (!failed) self->start();
                                             });
                         });
}

std::string Control::obey(std::string const& line) {
  std::string rest = line;
  auto const command = word(rest);
  auto const sessions = smsc_.bound;
  if (command == "set") {
    auto const key = word(rest);
    return said(smsc_.options.set(key, rest));
  }
  if (command == "reply") return said(smsc_.options.add_reply(rest));
  if (command == "stats") return smsc_.stats();
  if (command == "accepted")
    return JsonLine("accepted").text("to", smsc_.messages.destinations()).done();
  if (command == "mo") {
    auto const from = word(rest);
    smsc_.mo(from, rest);
  } else if (command == "no-replies") {
    smsc_.options.replies.clear();
  } else if (command == "reset") {
    smsc_.counters = Counters();
  } else if (command == "drop") {
    for (auto* session : sessions) session->close();
  } else if (command == "unbind") {
    for (auto* session : sessions) session->unbind();
  } else if (command == "garbage") {
    for (auto* session : sessions) session->send_garbage(rest);
  } else if (command == "release") {
    smsc_.release();
  } else if (command == "quit") {
    smsc_.io.stop();
  } else {
    return said("unknown command " + command);
  }
  return said({});
}

}  // namespace siaga::smsc
