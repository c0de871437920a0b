// Connections: who has how many, and who goes when one more comes and all places are taken.
//
// Place:  server admits -> CONNECTIONS <- session tells what it is doing.
// Thread: core only.
// Rule:   no client has a fixed share: many officers can stand behind one address. When all places
//         are taken, the connection goes that has been idle longest, of the client that holds most.
//         Where none is idle, it is one that is still sending its request; one that is being
//         answered stays.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>

namespace siaga::http {

class Connections {
 public:
  // Idle until a request's header is there, and after its answer.
  enum class Doing { idle, receiving, answering };

 private:
  struct Seat {
    std::string client;
    std::function<void()> close;
    Doing doing = Doing::idle;
    std::uint64_t since = 0;
    bool is_leaving = false;
  };
  struct Room {
    std::int64_t max = 0;
    std::list<Seat> seats;
    std::int64_t open = 0;
    std::uint64_t evicted = 0;
    std::uint64_t turns = 0;  // counts every change, so that the oldest is known
  };

 public:
  explicit Connections(std::int64_t max) : room_(std::make_shared<Room>()) { room_->max = max; }

  // Taken as long as it lives.
  class Place {
   public:
    Place(std::shared_ptr<Room> room, std::list<Seat>::iterator seat)
        : room_(std::move(room)), seat_(seat) {}
    ~Place();
    Place(Place const&) = delete;
    Place& operator=(Place const&) = delete;
    void now(Doing doing);

   private:
    std::shared_ptr<Room> room_;
    std::list<Seat>::iterator seat_;
  };

  // `close` ends it when it has to go. Null when nobody can be asked to.
  std::unique_ptr<Place> admit(std::string client, std::function<void()> close);
  std::int64_t open() const noexcept { return room_->open; }
  std::uint64_t evicted() const noexcept { return room_->evicted; }

 private:
  bool send_away(Doing doing);

  std::shared_ptr<Room> room_;
};

}  // namespace siaga::http
