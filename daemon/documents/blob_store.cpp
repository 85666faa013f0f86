#include "documents/blob_store.hpp"

#include "base/log.hpp"
#include "base/present.hpp"
#include "base/random.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace documents {

namespace {

constexpr std::string_view magic = "KURABLB1";
constexpr std::size_t header_bytes = 32;
constexpr std::size_t id_letters = 32;
constexpr std::size_t chunk_bytes = crypto::ChunkCipher::plain_bytes_max;
constexpr std::size_t tag_bytes = crypto::ChunkCipher::tag_bytes;

void put_number(Bytes& out, std::uint32_t number, int bytes)
{
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<Byte>(number >> static_cast<unsigned>(shift)));
}

Bytes header_of(std::string const& blob_id)
{
    Bytes out{magic.begin(), magic.end()};
    put_number(out, 1, 2); // version of the format
    put_number(out, 0, 2); // reserved
    put_number(out, chunk_bytes, 4);
    auto const id = base::present(base::from_hex(blob_id));
    out.insert(out.end(), id.begin(), id.end());
    return out;
}

std::uint64_t stored_size(std::uint64_t content_bytes) // there is always a last chunk
{
    auto const chunks = std::max<std::uint64_t>(1, (content_bytes + chunk_bytes - 1) / chunk_bytes);
    return header_bytes + content_bytes + chunks * tag_bytes;
}

std::string key_context(std::string const& book_id, std::string const& blob_id)
{
    return fmt::format("blob key {} {}", book_id, blob_id);
}

std::string marker_name(std::string const& book_id, std::string const& blob_id)
{
    return book_id + "." + blob_id;
}

Key random_key()
{
    Key key;
    base::fill_random(key.bytes());
    return key;
}

void remove_quietly(std::filesystem::path const& file) noexcept
{
    std::error_code error;
    std::filesystem::remove(file, error);
    if (error) base::log::warning("documents", "blob_not_removed", {{"why", error.message()}});
}

std::filesystem::path aside_of(std::filesystem::path file) { return file += ".part"; }

} // namespace

// ---- writing

BlobWriter::BlobWriter(BlobStore& store, std::string book_id)
    : store_(&store)
    , book_id_(std::move(book_id))
    , blob_{base::random_id(), {}, 0, {}, 0, {}}
    , cipher_([&] {
        auto key = random_key();
        blob_.wrapped_key = crypto::seal(
            store.parts_.wrapping_key(book_id_), key.bytes(), key_context(book_id_, blob_.id)
        );
        return crypto::ChunkCipher{std::move(key), blob_.id};
    }())
    , aside_(aside_of(store.file_of(book_id_, blob_.id)))
    , file_([&] {
        try {
            store.mark(book_id_, blob_.id);
            base::make_private_folder(aside_.parent_path());
            return base::File::create(aside_);
        } catch (...) { // no destructor will run
            store.unlink(book_id_, blob_.id);
            throw;
        }
    }())
{
    pending_.reserve(chunk_bytes);
}

BlobWriter::BlobWriter(BlobWriter&& other) noexcept
    : store_(std::exchange(other.store_, nullptr))
    , book_id_(std::move(other.book_id_))
    , blob_(std::move(other.blob_))
    , cipher_(std::move(other.cipher_))
    , aside_(std::move(other.aside_))
    , file_(std::move(other.file_))
    , content_hash_(std::move(other.content_hash_))
    , stored_hash_(std::move(other.stored_hash_))
    , pending_(std::move(other.pending_))
    , chunks_(other.chunks_)
{
}

BlobWriter::~BlobWriter()
{
    if (store_) store_->unlink(book_id_, blob_.id);
}

void BlobWriter::put(ByteView bytes)
{
    stored_hash_.add(bytes);
    blob_.stored_bytes += static_cast<std::int64_t>(bytes.size());
    file_.write(bytes);
}

void BlobWriter::seal_chunk(bool last)
{
    if (chunks_ == 0) put(header_of(blob_.id));
    store_->require_room();
    put(cipher_.seal(chunks_++, last, pending_));
    base::wipe(pending_.data(), pending_.size());
    pending_.clear();
}

void BlobWriter::write(std::string_view piece)
{
    content_hash_.add(base::as_bytes(piece));
    blob_.bytes += static_cast<std::int64_t>(piece.size());
    while (!piece.empty()) {
        if (pending_.size() == chunk_bytes) seal_chunk(false);
        auto const part = piece.substr(0, chunk_bytes - pending_.size());
        pending_.insert(pending_.end(), part.begin(), part.end());
        piece.remove_prefix(part.size());
    }
}

Blob BlobWriter::finish()
{
    seal_chunk(true);
    blob_.sha256 = base::to_hex(content_hash_.finish());
    blob_.stored_sha256 = base::to_hex(stored_hash_.finish());
    file_.sync();
    auto const file = store_->file_of(book_id_, blob_.id);
    std::filesystem::rename(aside_, file);
    base::sync_folder(file.parent_path());
    return blob_;
}

void BlobWriter::committed() { std::exchange(store_, nullptr)->unmark(book_id_, blob_.id); }

// ---- reading

BlobReader::BlobReader(base::File file, Blob const& blob, Key key)
    : file_(std::move(file))
    , cipher_(std::move(key), blob.id)
    , left_(static_cast<std::uint64_t>(blob.bytes))
{
}

bool BlobReader::read(std::string& chunk)
{
    if (over_) return false;
    auto const plain = std::min<std::uint64_t>(left_, chunk_bytes);
    bool const last = plain == left_;
    Bytes sealed(static_cast<std::size_t>(plain) + tag_bytes);
    if (file_.read(sealed) != sealed.size()) throw BlobDamaged("a blob ends early");
    auto opened = cipher_.open(chunks_++, last, sealed);
    if (!opened) throw BlobDamaged("a chunk of a blob is not what was written");
    chunk.append(base::as_text(*opened));
    base::wipe(opened->data(), opened->size());
    left_ -= plain;
    over_ = last;
    return !last;
}

// ---- removing

BlobRemoval::BlobRemoval(BlobStore& store, std::string book_id, std::string blob_id)
    : store_(&store), book_id_(std::move(book_id)), blob_id_(std::move(blob_id))
{
    store.mark(book_id_, blob_id_);
}

BlobRemoval::BlobRemoval(BlobRemoval&& other) noexcept
    : store_(std::exchange(other.store_, nullptr))
    , book_id_(std::move(other.book_id_))
    , blob_id_(std::move(other.blob_id_))
{
}

BlobRemoval::~BlobRemoval()
{
    if (store_) store_->unmark(book_id_, blob_id_);
}

void BlobRemoval::committed()
{
    auto& store = *std::exchange(store_, nullptr);
    {
        std::scoped_lock const lock{store.mutex_};
        if (store.holders_ > 0) {
            store.waiting_.emplace_back(book_id_, blob_id_);
            return;
        }
    }
    store.unlink(book_id_, blob_id_);
}

// ---- the store

std::filesystem::path
BlobStore::file_of(std::string const& book_id, std::string const& blob_id) const
{
    return parts_.folder / "books" / book_id / "blobs" / blob_id.substr(0, 2) / blob_id;
}

BlobWriter BlobStore::create(std::string const& book_id) { return {*this, book_id}; }

std::unique_ptr<BlobReader> BlobStore::open(std::string const& book_id, Blob const& blob) const
{
    auto const opened =
        crypto::open(parts_.wrapping_key(book_id), blob.wrapped_key, key_context(book_id, blob.id));
    if (!opened || opened->size() != 32) throw BlobDamaged("the key of a blob does not open");
    Key key{std::span<Byte const, 32>{opened->data(), 32}};
    auto const name = file_of(book_id, blob.id);
    if (!std::filesystem::exists(name)) throw BlobDamaged("a blob is missing");
    auto file = base::File::open_to_read(name);
    if (file.size() != stored_size(static_cast<std::uint64_t>(blob.bytes)))
        throw BlobDamaged("a blob has another length");
    Bytes header(header_bytes);
    if (file.read(header) != header_bytes || header != header_of(blob.id))
        throw BlobDamaged("a blob has another header");
    return std::unique_ptr<BlobReader>{new BlobReader{std::move(file), blob, std::move(key)}};
}

BlobRemoval BlobStore::remove(std::string const& book_id, std::string const& blob_id)
{
    return {*this, book_id, blob_id};
}

void BlobStore::require_room() const
{
    if (base::free_bytes(parts_.folder) < parts_.free_bytes_min)
        throw std::system_error(ENOSPC, std::generic_category(), "the disk is nearly full");
}

void BlobStore::mark(std::string const& book_id, std::string const& blob_id)
{
    base::make_private_folder(pending_folder());
    base::create_file(pending_folder() / marker_name(book_id, blob_id), {});
}

void BlobStore::unmark(std::string const& book_id, std::string const& blob_id) noexcept
{
    remove_quietly(pending_folder() / marker_name(book_id, blob_id));
}

// The marker goes last: what fails here is tried again at the next start.
void BlobStore::unlink(std::string const& book_id, std::string const& blob_id) noexcept
{
    auto const file = file_of(book_id, blob_id);
    remove_quietly(aside_of(file));
    remove_quietly(file);
    unmark(book_id, blob_id);
}

std::shared_ptr<void> BlobStore::hold_files()
{
    std::scoped_lock const lock{mutex_};
    ++holders_;
    return {this, [](BlobStore* store) { store->let_go(); }};
}

void BlobStore::let_go()
{
    std::vector<std::pair<std::string, std::string>> gone;
    {
        std::scoped_lock const lock{mutex_};
        if (--holders_ == 0) gone.swap(waiting_);
    }
    for (auto const& [book_id, blob_id] : gone) unlink(book_id, blob_id);
}

std::size_t BlobStore::settle_pending(RowExists const& row_exists)
{
    std::size_t removed = 0;
    if (!std::filesystem::exists(pending_folder())) return removed;
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator{pending_folder()})
        names.push_back(entry.path().filename().string());
    for (auto const& name : names) {
        if (name.ends_with(".tmp")) // a marker that was being made: nothing had begun
            remove_quietly(pending_folder() / name);
        if (name.size() != 2 * id_letters + 1 || name[id_letters] != '.') continue;
        auto const book_id = name.substr(0, id_letters);
        auto const blob_id = name.substr(id_letters + 1);
        auto const has_row = row_exists(book_id, blob_id);
        if (!has_row) continue;
        if (*has_row) {
            unmark(book_id, blob_id);
        } else {
            unlink(book_id, blob_id);
            ++removed;
        }
    }
    return removed;
}

} // namespace documents
