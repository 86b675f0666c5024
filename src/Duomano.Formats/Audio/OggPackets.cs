using NVorbis;
using NVorbis.Contracts;

namespace Duomano.Formats.Audio;

/// <summary>
/// The packets of the first Vorbis stream of an Ogg file. The decoder's own container reader never returns from a file that is cut
/// inside a packet.
/// </summary>
internal sealed class OggPackets : NVorbis.Contracts.IPacketProvider
{
    // Comments may hold a picture.
    private const int LongestPacket = 64 << 20;

    // All streams of a file begin before anything else.
    private const int MostStreams = 100;

    private readonly OggPages _pages;
    private readonly uint _serial;
    private readonly long _last;
    private readonly Queue<Packet> _ready = [];
    private readonly List<byte> _open = [];
    private uint? _number;
    private bool _hasOpen;
    private bool _isResync;
    private bool _isOver;

    private OggPackets(OggPages pages, OggPage first, long last)
    {
        (_pages, _serial, _last) = (pages, first.Serial, last);
        Take(first);
    }

    public bool CanSeek => false;

    public int StreamSerial => (int)_serial;

    /// <summary>Finds the stream; null where there is none.</summary>
    /// <param name="stream">A file from its beginning.</param>
    public static OggPackets? Find(Stream stream)
    {
        var pages = new OggPages(stream);
        for (var i = 0; i < MostStreams && pages.Next() is { } page && (page.Flags & OggPages.Begins) != 0; i++)
        {
            if (page.Body.AsSpan().StartsWith("\u0001vorbis"u8)) return new(pages, page, OggPages.LastPosition(stream, page.Serial));
        }

        return null;
    }

    public IPacket GetNextPacket()
    {
        var packet = PeekNextPacket();
        if (packet is not null) _ready.Dequeue();
        return packet!;
    }

    public IPacket PeekNextPacket()
    {
        while (_ready.Count == 0 && !_isOver)
        {
            if (_pages.Next() is not { } page) _isOver = true;
            else if (page.Serial == _serial) Take(page);
        }

        return _ready.TryPeek(out var packet) ? packet : null!;
    }

    public long SeekTo(long granulePos, int preRoll, GetPacketGranuleCount getPacketGranuleCount) => throw new NotSupportedException();

    public long GetGranuleCount() => _last;

    private void Take(OggPage page)
    {
        // After a gap what was begun has no end.
        if (_number is { } number && page.Number != number + 1) (_hasOpen, _isResync) = (false, true);
        _number = page.Number;
        var skips = (page.Flags & OggPages.Continued) != 0 && !_hasOpen;
        if ((page.Flags & OggPages.Continued) == 0) _hasOpen = false;
        if (!_hasOpen) _open.Clear();
        Packet? last = null;
        var at = 0;
        foreach (var segment in page.Lacing)
        {
            if (!skips)
            {
                _open.AddRange(page.Body.AsSpan(at, segment));
                _hasOpen = true;
                if (_open.Count > LongestPacket) throw new InvalidDataException($"a packet of more than {LongestPacket >> 20} MiB");
            }

            at += segment;
            if (segment == 255) continue;
            if (!skips)
            {
                last = new([.. _open]) { IsResync = _isResync };
                _ready.Enqueue(last);
                _isResync = false;
            }

            skips = false;
            _hasOpen = false;
            _open.Clear();
        }

        var ends = (page.Flags & OggPages.Ends) != 0;
        if (last is not null)
        {
            if (page.Position >= 0) last.GranulePosition = page.Position;
            last.IsEndOfStream = ends;
        }

        _isOver |= ends;
    }

    private sealed class Packet(byte[] bytes) : DataPacket
    {
        private int _at;

        protected override int TotalBits => bytes.Length * 8;

        public override void Reset()
        {
            _at = 0;
            base.Reset();
        }

        protected override int ReadNextByte() => _at < bytes.Length ? bytes[_at++] : -1;
    }
}
