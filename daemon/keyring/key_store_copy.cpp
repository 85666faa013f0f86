#include "keyring/key_store_copy.hpp"

#include "base/files.hpp"
#include "base/random.hpp"
#include "crypto/aead.hpp"
#include "crypto/hash.hpp"
#include "crypto/seal_to.hpp"
#include "store/json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace keyring {

namespace {

constexpr std::string_view magic = "KURAKEY1";
constexpr std::string_view contents_context = "kuramori key store copy 1";
constexpr std::string_view root_context = "kuramori root key for the recovery kit 1";
constexpr std::uint64_t copy_bytes_max = 64 << 20;
constexpr std::size_t copies_kept = 2;
constexpr std::size_t number_digits = 12;

struct WireKey { // KeyRow with its bytes as hex
    std::string purpose;
    std::optional<std::string> wrapped;
    Instant created_at;
    std::optional<Instant> destroyed_at;
};
BOOST_DESCRIBE_STRUCT(WireKey, (), (purpose, wrapped, created_at, destroyed_at))

struct WireContents {
    std::string instance_id;
    std::string kit_public_key;
    std::vector<WireKey> keys;
};
BOOST_DESCRIBE_STRUCT(WireContents, (), (instance_id, kit_public_key, keys))

std::string encode(Contents const& contents)
{
    WireContents wire{contents.instance_id, base::to_hex(contents.kit_public_key), {}};
    for (auto const& row : contents.keys) {
        std::optional<std::string> wrapped;
        if (row.wrapped) wrapped = base::to_hex(*row.wrapped);
        wire.keys.push_back({row.purpose, std::move(wrapped), row.created_at, row.destroyed_at});
    }
    return json::to_text(wire);
}

Contents decode(std::string_view text)
{
    auto const wire = json::from<WireContents>(boost::json::parse(text)).value();
    Contents contents;
    contents.instance_id = wire.instance_id;
    contents.kit_public_key = base::from_hex(wire.kit_public_key).value_or(Bytes{});
    for (auto const& row : wire.keys) {
        std::optional<Bytes> wrapped;
        if (row.wrapped) wrapped = base::from_hex(*row.wrapped);
        contents.keys.push_back({row.purpose, std::move(wrapped), row.created_at, row.destroyed_at}
        );
    }
    return contents;
}

void put_part(Bytes& out, ByteView part)
{
    for (unsigned shift = 32; shift > 0; shift -= 8)
        out.push_back(static_cast<Byte>(part.size() >> (shift - 8)));
    out.insert(out.end(), part.begin(), part.end());
}

std::optional<Bytes> take_part(ByteView& rest)
{
    if (rest.size() < 4) return std::nullopt;
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = size << 8U | rest[i];
    rest = rest.subspan(4);
    if (size > rest.size()) return std::nullopt;
    Bytes part{rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size)};
    rest = rest.subspan(size);
    return part;
}

struct Parts {
    Bytes for_root;
    Bytes for_kit;
};

std::optional<Parts> parts_of(Bytes const& file)
{
    ByteView rest{file};
    if (rest.size() < magic.size() || base::as_text(rest.first(magic.size())) != magic)
        return std::nullopt;
    rest = rest.subspan(magic.size());
    auto for_root = take_part(rest);
    auto for_kit = for_root ? take_part(rest) : std::nullopt;
    if (!for_kit || !rest.empty()) return std::nullopt;
    return Parts{std::move(*for_root), std::move(*for_kit)};
}

std::optional<Parts> read_parts(std::filesystem::path const& file)
try {
    return parts_of(base::read_file(file, copy_bytes_max));
} catch (std::system_error const&) { // the disk has lost it: there is another copy
    return std::nullopt;
}

std::vector<std::filesystem::path> copies_in(std::filesystem::path const& repository)
{
    std::vector<std::filesystem::path> copies; // newest first: names count up
    auto const folder = repository / "keys";
    if (!std::filesystem::is_directory(folder)) return copies;
    for (auto const& entry : std::filesystem::directory_iterator{folder}) {
        auto const number = entry.path().stem().string(); // of ours; what else lies there stays
        if (entry.path().extension() == ".keys" && number.size() == number_digits &&
            number.find_first_not_of("0123456789") == std::string::npos)
            copies.push_back(entry.path());
    }
    std::sort(copies.rbegin(), copies.rend());
    return copies;
}

void remove_half_written(std::filesystem::path const& folder) // by a crash
{
    std::vector<std::filesystem::path> left;
    for (auto const& entry : std::filesystem::directory_iterator{folder})
        if (entry.path().extension() == ".tmp") left.push_back(entry.path());
    for (auto const& file : left) std::filesystem::remove(file);
}

Key contents_key(Key const& root) { return crypto::derive(root, "key store copy"); }

std::optional<Contents> open_contents(Parts const& parts, Key const& root)
{
    auto const plain = crypto::open(contents_key(root), parts.for_root, contents_context);
    if (!plain) return std::nullopt;
    return decode(base::as_text(*plain));
}

} // namespace

void write_key_store_copy(Keyring const& keys, std::filesystem::path const& repository)
{
    auto const contents = keys.contents();
    auto const text = encode(contents);
    Bytes file{magic.begin(), magic.end()};
    put_part(file, crypto::seal(contents_key(keys.root()), base::as_bytes(text), contents_context));
    Bytes for_kit;
    if (!contents.kit_public_key.empty())
        for_kit = crypto::seal_to(contents.kit_public_key, keys.root().bytes(), root_context);
    put_part(file, for_kit);

    base::make_private_folder(repository / "keys");
    remove_half_written(repository / "keys");
    auto copies = copies_in(repository);
    std::int64_t number = 1;
    if (!copies.empty()) number = std::stoll(copies.front().stem().string()) + 1;
    base::replace_file(
        repository / "keys" / fmt::format("{:0{}}.keys", number, number_digits), file
    );
    copies = copies_in(repository);
    for (std::size_t i = copies_kept; i < copies.size(); ++i) std::filesystem::remove(copies[i]);
    base::sync_folder(repository / "keys");
}

KeyStoreCopy read_key_store_copy(std::filesystem::path const& repository, Key root)
{
    for (auto const& file : copies_in(repository)) {
        auto const parts = read_parts(file);
        if (!parts) continue;
        if (auto contents = open_contents(*parts, root))
            return {std::move(root), std::move(*contents)};
    }
    throw store::Error("no key-store copy in the repository opens with this root key", 0);
}

KeyStoreCopy read_key_store_copy_with_kit(std::filesystem::path const& repository, Key kit)
{
    for (auto const& file : copies_in(repository)) {
        auto const parts = read_parts(file);
        if (!parts) continue;
        auto plain = crypto::open_with(kit, parts->for_kit, root_context);
        if (!plain || plain->size() != 32) continue;
        Key root{std::span<Byte const, 32>{plain->data(), 32}};
        base::wipe(plain->data(), plain->size());
        if (auto contents = open_contents(*parts, root))
            return {std::move(root), std::move(*contents)};
    }
    throw store::Error("no key-store copy in the repository opens with this recovery kit", 0);
}

} // namespace keyring
