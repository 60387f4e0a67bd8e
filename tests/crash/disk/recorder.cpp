#include "crash/disk/recorder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "kit/program.h"

namespace sluice::crash {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kNoReplace = 1;  // RENAME_NOREPLACE, RENAME_EXCHANGE
constexpr std::uint64_t kExchange = 2;

bool is_shared_memory(const std::string& path) {
  return path.size() > 4 && path.compare(path.size() - 4, 4, "-shm") == 0;
}

std::string descriptor_path(const Call& call) {
  const auto index = static_cast<unsigned>(call.syscall->fd);
  return "/proc/" + std::to_string(call.thread) + "/fd/" +
         std::to_string(static_cast<std::int32_t>(call.arguments[index]));
}

std::uint64_t position_of(const Call& call) {
  const auto index = static_cast<unsigned>(call.syscall->fd);
  std::ifstream info("/proc/" + std::to_string(call.thread) + "/fdinfo/" +
                     std::to_string(static_cast<std::int32_t>(call.arguments[index])));
  std::string word;
  std::uint64_t position = 0;
  info >> word >> position;
  return position;
}

std::string read_back(const Call& call, std::uint64_t offset, std::size_t size) {
  const int file = ::open(descriptor_path(call).c_str(), O_RDONLY | O_CLOEXEC);
  std::string bytes(size, '\0');
  const ssize_t got = file < 0 ? -1 : ::pread(file, bytes.data(), size, static_cast<off_t>(offset));
  if (file >= 0) ::close(file);
  if (got != static_cast<ssize_t>(size)) {
    throw std::runtime_error("cannot read back what was written to " + call.path);
  }
  return bytes;
}

// Where the bytes of a write stand now that it is done.
std::uint64_t offset_of(const Call& call, std::int64_t written) {
  switch (call.syscall->number) {
    case SYS_pwrite64:
    case SYS_pwritev:
    case SYS_pwritev2:
      return call.arguments[3];
    case SYS_copy_file_range:
      if (call.arguments[3] != 0) {
        throw std::runtime_error("copy_file_range with an offset: teach the recorder");
      }
      [[fallthrough]];
    default:
      return position_of(call) - static_cast<std::uint64_t>(written);
  }
}

}  // namespace

Recorder::Recorder(std::string kb) : kb_(std::move(kb)) {
  struct stat st {};
  ::stat(kb_.c_str(), &st);
  nodes_[{st.st_dev, st.st_ino}] = kRootNode;
  scan(kb_, kRootNode);
  recording_.before.directories = directories_;
}

void Recorder::scan(const std::string& path, Node node) {
  directories_[node];
  for (const auto& entry : fs::directory_iterator(path)) {
    const std::string name = entry.path().filename().string();
    if (is_shared_memory(name)) continue;
    const Node child = new_node(entry.path().string(), entry.is_directory());
    directories_[node][name] = child;
    if (entry.is_directory()) {
      scan(entry.path().string(), child);
    } else {
      recording_.before.files[child] =
          std::make_shared<const std::string>(test::read_file(entry.path()));
    }
  }
}

Node Recorder::new_node(const std::string& path, bool directory) {
  struct stat st {};
  if (::lstat(path.c_str(), &st) != 0) throw std::runtime_error("it is not there: " + path);
  const Node node = ++last_node_;
  nodes_[{st.st_dev, st.st_ino}] = node;
  if (directory) directories_[node];
  return node;
}

Recorder::Place Recorder::place_of(const std::string& path) const {
  Place place{kNoNode, path.substr(path.rfind('/') + 1)};
  place.directory = node_at(path.substr(0, path.rfind('/')));
  return place;
}

Node Recorder::node_at(const std::string& path) const {
  Node node = kRootNode;
  std::size_t begin = kb_.size() + 1;
  while (begin < path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const auto directory = directories_.find(node);
    if (directory == directories_.end()) return kNoNode;
    const auto found = directory->second.find(path.substr(begin, end - begin));
    if (found == directory->second.end()) return kNoNode;
    node = found->second;
    begin = end + 1;
  }
  return node;
}

Node Recorder::node_behind(const Call& call) const {
  struct stat st {};
  if (::stat(descriptor_path(call).c_str(), &st) != 0) return kNoNode;
  const auto found = nodes_.find({st.st_dev, st.st_ino});
  return found == nodes_.end() ? kNoNode : found->second;
}

bool Recorder::concerns(const Call& call) const {
  return call.is_below(kb_) && !is_shared_memory(call.path);
}

void Recorder::before(const Call& call) {
  if (call.syscall->kind == Kind::kSyncAll) {
    Op op;
    op.kind = Op::Kind::kBegin;
    op.number = syncing_[call.thread] = ++syncs_;
    add(std::move(op), call);
    return;
  }
  if (!concerns(call) || !call.creates()) return;
  struct stat st {};
  existed_ = ::lstat(call.path.c_str(), &st) == 0;
}

void Recorder::after(const Call& call, std::int64_t result, const std::string& out_path) {
  if (result < 0) return;
  if (call.syscall->kind == Kind::kWrite && call.path == out_path) {
    written(call, result, Op::Kind::kReport);
    return;
  }
  if (call.syscall->kind == Kind::kSyncAll) {
    Op op;
    op.kind = Op::Kind::kSyncAll;
    op.number = syncing_.at(call.thread);
    add(std::move(op), call);
    return;
  }
  if (!concerns(call)) return;
  switch (call.syscall->kind) {
    case Kind::kOpen:
      return opened(call);
    case Kind::kWrite:
      return written(call, result, Op::Kind::kWrite);
    case Kind::kTruncate:
      return truncated(call);
    case Kind::kMakeDir:
      return made(call);
    case Kind::kRename:
      return renamed(call);
    case Kind::kLink:
      return linked(call);
    case Kind::kUnlink:
    case Kind::kRemoveDir:
      return unlinked(call);
    case Kind::kSync:
      return synced(call);
    case Kind::kForeign:
      throw std::runtime_error(std::string("the recorder does not know what ") +
                               call.syscall->name + " does to " + call.path);
    default:
      return;  // hints and modes leave no bytes and no names
  }
}

void Recorder::add(Op op, const Call& call) {
  const auto shown = [this](const std::string& path) {
    return path.rfind(kb_, 0) == 0 ? path.substr(std::min(kb_.size() + 1, path.size())) : path;
  };
  op.what = std::string(call.syscall->name) + " " + shown(call.path);
  if (!call.to.empty()) op.what += " -> " + shown(call.to);
  recording_.ops.push_back(std::move(op));
}

void Recorder::add_names(const Call& call, std::vector<Op::Name> names) {
  for (const Op::Name& name : names) {
    if (name.leads_to == kNoNode) {
      directories_[name.directory].erase(name.name);
    } else {
      directories_[name.directory][name.name] = name.leads_to;
    }
  }
  Op op;
  op.kind = Op::Kind::kNames;
  op.names = std::move(names);
  add(std::move(op), call);
}

void Recorder::opened(const Call& call) {
  if (call.creates() && !existed_) {
    const Place place = place_of(call.path);
    add_names(call, {{place.directory, place.name, new_node(call.path, false)}});
  } else if (call.truncates()) {
    Op op;
    op.kind = Op::Kind::kResize;
    op.node = node_at(call.path);
    add(std::move(op), call);
  }
}

void Recorder::written(const Call& call, std::int64_t result, Op::Kind kind) {
  if (result == 0) return;
  Op op;
  op.kind = kind;
  op.offset = offset_of(call, result);
  op.bytes = read_back(call, op.offset, static_cast<std::size_t>(result));
  if (kind == Op::Kind::kWrite) {
    op.node = node_behind(call);
    if (op.node == kNoNode) return;
  }
  add(std::move(op), call);
}

void Recorder::truncated(const Call& call) {
  Op op;
  op.kind = Op::Kind::kResize;
  op.node = call.syscall->fd == kNone ? node_at(call.path) : node_behind(call);
  op.size = call.arguments[1];
  add(std::move(op), call);
}

void Recorder::made(const Call& call) {
  const Place place = place_of(call.path);
  add_names(call, {{place.directory, place.name, new_node(call.path, true)}});
  recording_.ops.back().makes_directory = true;
}

void Recorder::renamed(const Call& call) {
  const Place from = place_of(call.path);
  const Place to = place_of(call.to);
  const Node moved = node_at(call.path);
  const bool swaps = (call.flags & kExchange) != 0;
  if (call.flags > kExchange || (call.flags & ~(kNoReplace | kExchange)) != 0) {
    throw std::runtime_error("a kind of rename that the recorder does not know");
  }
  add_names(call, {{from.directory, from.name, swaps ? node_at(call.to) : kNoNode},
                   {to.directory, to.name, moved}});
}

void Recorder::linked(const Call& call) {
  const Place to = place_of(call.to);
  add_names(call, {{to.directory, to.name, node_at(call.path)}});
}

void Recorder::unlinked(const Call& call) {
  const Place place = place_of(call.path);
  add_names(call, {{place.directory, place.name, kNoNode}});
}

void Recorder::synced(const Call& call) {
  Op op;
  op.kind = Op::Kind::kSync;
  op.node = node_behind(call);
  if (op.node != kNoNode) add(std::move(op), call);
}

Recording Recorder::take() {
  return std::move(recording_);
}

}  // namespace sluice::crash
