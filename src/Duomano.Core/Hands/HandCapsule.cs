using System.Numerics;
using Duomano.Core.Fingering;

namespace Duomano.Core.Hands;

/// <summary>A collision capsule around one bone: everything within a radius of the line between two points.</summary>
/// <param name="From">Index of the point nearer to the wrist, see <see cref="HandCapsules.EndCount"/>.</param>
/// <param name="To">Index of the other point.</param>
/// <param name="Radius">Metres.</param>
/// <param name="Finger">The finger it belongs to; null in the palm, the thumb's first bone included.</param>
/// <param name="Bone">0 for the bone next to the knuckle (and the palm) to 2 for the fingertip.</param>
public readonly record struct HandCapsule(int From, int To, float Radius, Finger? Finger, int Bone);

/// <summary>How near two capsules are to each other.</summary>
/// <param name="Own">Index of the one.</param>
/// <param name="Other">Index of the other.</param>
/// <param name="Depth">How deep they are in each other, metres; negative while they are apart.</param>
/// <param name="Away">The unit direction in which the one must move to get away from the other: the gradient of their distance.</param>
/// <param name="OwnShare">Where along its axis the one is nearest to the other, 0 to 1.</param>
/// <param name="OtherShare">The same of the other.</param>
public readonly record struct CapsuleContact(int Own, int Other, float Depth, Vector3 Away, float OwnShare, float OtherShare);
