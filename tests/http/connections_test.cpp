#include "protocols/http/connections.hpp"

#include <map>

#include "tests/support/catch.hpp"

using namespace siaga::http;
using Doing = Connections::Doing;

namespace {

// Clients by name; a connection that is sent away is gone at once.
struct Room {
  explicit Room(std::int64_t max) : connections(max) {}

  bool enters(std::string const& name, std::string const& client) {
    auto place = connections.admit(client, [this, name] { gone.push_back(name); });
    bool const admitted = place != nullptr;
    if (admitted) places[name] = std::move(place);
    for (auto const& one : gone) places.erase(one);
    return admitted;
  }
  void does(std::string const& name, Doing doing) { places.at(name)->now(doing); }

  Connections connections;
  std::map<std::string, std::unique_ptr<Connections::Place>> places;
  std::vector<std::string> gone;
};

}  // namespace

TEST_CASE("while there is room nobody goes, however many one client has", "[http]") {
  Room room(8);
  for (int i = 0; i < 8; ++i) CHECK(room.enters("a" + std::to_string(i), "192.0.2.1"));
  CHECK(room.gone.empty());
  CHECK(room.connections.open() == 8);
}

TEST_CASE("when it is full, the longest idle one of the client that holds most goes", "[http]") {
  Room room(5);
  room.enters("b1", "192.0.2.2");
  for (auto const* name : {"a1", "a2", "a3"}) room.enters(name, "192.0.2.1");
  room.enters("b2", "192.0.2.2");
  room.does("a1", Doing::idle);  // it has just been answered
  CHECK(room.enters("c1", "192.0.2.3"));
  CHECK(room.gone == std::vector<std::string>{"a2"});
  CHECK(room.enters("c2", "192.0.2.3"));  // all hold two now: the longest idle goes
  CHECK(room.gone == std::vector<std::string>{"a2", "b1"});
  CHECK(room.connections.evicted() == 2);
  CHECK(room.connections.open() == 5);
}

TEST_CASE("64 silent ones of one client do not keep others out", "[http]") {
  Room room(64);
  for (int i = 0; i < 64; ++i) room.enters("idle" + std::to_string(i), "192.0.2.1");
  for (int i = 0; i < 40; ++i) {
    auto const name = "officer" + std::to_string(i);
    REQUIRE(room.enters(name, "198.51.100.1"));
    room.does(name, Doing::answering);
  }
  CHECK(room.gone.size() == 40);
  for (auto const& name : room.gone) CHECK(name.starts_with("idle"));
}

TEST_CASE("a request on its way goes only where nobody is idle, one being answered never",
          "[http]") {
  Room room(3);
  room.enters("a1", "192.0.2.1");
  room.enters("a2", "192.0.2.1");
  room.enters("b1", "192.0.2.2");
  room.does("a1", Doing::receiving);
  room.does("a2", Doing::answering);
  CHECK(room.enters("c1", "192.0.2.3"));
  CHECK(room.gone == std::vector<std::string>{"b1"});
  room.does("c1", Doing::answering);
  CHECK(room.enters("c2", "192.0.2.3"));
  CHECK(room.gone == std::vector<std::string>{"b1", "a1"});
  room.does("c2", Doing::answering);
  CHECK_FALSE(room.enters("d1", "192.0.2.4"));
  CHECK(room.connections.open() == 3);
}

TEST_CASE("a place is free again once its connection has ended", "[http]") {
  Room room(1);
  room.enters("a1", "192.0.2.1");
  room.does("a1", Doing::answering);
  CHECK_FALSE(room.enters("b1", "192.0.2.2"));
  room.places.erase("a1");
  CHECK(room.enters("b1", "192.0.2.2"));
  CHECK(room.gone.empty());
}
