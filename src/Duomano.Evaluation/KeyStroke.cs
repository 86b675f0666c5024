using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;

namespace Duomano.Evaluation;

/// <summary>A key pressed by a fingertip in a motion.</summary>
/// <param name="Key">Which key.</param>
/// <param name="Onset">When it went down, seconds.</param>
/// <param name="Offset">When it came up again, seconds.</param>
/// <param name="Hand">The hand that pressed it first.</param>
/// <param name="Finger">Its finger.</param>
public readonly record struct KeyStroke(PianoKey Key, double Onset, double Offset, HandSide Hand, Finger Finger);
