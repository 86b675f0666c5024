using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Midi;

namespace Duomano.Tests.Corpus.Layout;

/// <summary>A folder of short MIDI files.</summary>
internal static class SmallMusic
{
    /// <summary>Scales of a few seconds, each another, for both hands.</summary>
    public static string Write(TemporaryFolder folder, int works, int movements = 1)
    {
        var music = folder.PathOf("music");
        Directory.CreateDirectory(music);
        for (var work = 0; work < works; work++)
        {
            for (var movement = 1; movement <= movements; movement++)
            {
                var notes = Enumerable.Range(0, 24).Select(i => new Note(i * 0.3, i * 0.3 + 0.25, new PianoKey((i % 2 == 0 ? 60 : 40) + work + i % 5 + movement), 64)
                {
                    Hand = i % 2 == 0 ? HandSide.Right : HandSide.Left,
                });
                MidiFile.Write(Path.Combine(music, $"work{work}_{movement}.mid"), new Score(notes));
            }
        }

        return music;
    }
}
