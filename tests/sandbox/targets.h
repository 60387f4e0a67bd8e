// What a hostile converter aims at: a knowledge base with a document, files beside it, a process
// and listeners of others. The fixture runs one attack through the real program and looks at the
// rest.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/real_program.h"
#include "kit/paths.h"

namespace sluice::test {

// A listening socket that is closed with the object.
class Listener {
 public:
  explicit Listener(int socket) : socket_(socket) {}
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();
  static std::unique_ptr<Listener> internet(int type);
  static std::unique_ptr<Listener> unix_path(const std::string& path);
  static std::unique_ptr<Listener> abstract(const std::string& name);
  std::string port() const;
  // True if somebody connected or sent something.
  bool was_reached() const;

 private:
  int socket_;
};

// How much slower than usual this machine is: SLUICE_TEST_SLOWNESS, 1 if it is not set. An emulated
// one needs more.
double slowness();
// A limit of time for the command line: so many seconds of a usual machine.
std::string seconds_of(double time);

class Escape : public RealProgram {
 protected:
  Escape();

  enum class Sandbox { kOn, kOff };
  struct Outcome {
    Json doc;          // its doc object
    std::string text;  // the Markdown's one line, if it was committed
    Finished run;

    bool succeeded() const { return text.find(" succeeded") != std::string::npos; }
    bool denied() const { return text.find(" denied: ") != std::string::npos; }
    bool is_violation() const {
      return doc["result"] == "failed" && doc["reason"] == "sandbox-violation";
    }
  };
  // Adds a document with that attack between two good ones, and checks that those are committed and
  // that nothing else has changed in the knowledge base.
  Outcome attack(const std::string& name, Sandbox sandbox);
  // The same from the constructor of a library, at the longest for `timeout` seconds.
  Outcome attack_from_constructor(const std::string& name, Sandbox sandbox, double timeout = 20);
  // Makes a copy of the plugin whose constructor has this attack for an order.
  void order_constructor(const std::string& name) const;
  // The document's text.
  std::string order(const std::string& name) const;
  static std::string plugins() { return test::build_folder() + "/tests/sandbox-plugins"; }

  std::string plugins_of_constructor() const { return path("plugins"); }
  // What an attack calls the process that is to stay; and whether one of that name is there.
  std::string name_of_orphan() const { return "orphan" + std::to_string(victim_.pid()); }
  bool orphan_lives() const;
  bool orphan_stays() const;  // for seconds after it should have ended

  bool victim_lives() { return victim_.is_running(); }
  // What the attacks on files aim at is as it was, and nothing was planted.
  void expect_untouched() const;

 private:
  Outcome run_attack(const std::string& document, Sandbox sandbox, const std::string& plugins,
                     const std::string& seconds);

 protected:
  Running victim_{{"/bin/sleep", "86400"}};
  std::unique_ptr<Listener> tcp_ = Listener::internet(1);
  std::unique_ptr<Listener> udp_ = Listener::internet(2);
  std::unique_ptr<Listener> unix_;
  std::unique_ptr<Listener> abstract_;
  std::string abstract_name_;
};

}  // namespace sluice::test
