namespace Duomano.Core.Hands;

/// <summary>One value for each hand.</summary>
/// <typeparam name="T">What each hand has one of.</typeparam>
/// <param name="Left">The left hand's value.</param>
/// <param name="Right">The right hand's value.</param>
public readonly record struct PerHand<T>(T Left, T Right)
{
    /// <summary>The value of one side.</summary>
    public T this[HandSide side] => side == HandSide.Left ? Left : Right;

    /// <summary>Applies a function to both values.</summary>
    public PerHand<TResult> Map<TResult>(Func<T, TResult> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new(map(Left), map(Right));
    }

    /// <summary>Applies a function of (own value, other hand's value) to both sides.</summary>
    public PerHand<TResult> MapWithOther<TResult>(Func<T, T, TResult> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new(map(Left, Right), map(Right, Left));
    }

    /// <summary>Pairs these values with another pair's, side by side.</summary>
    public PerHand<TResult> Zip<TOther, TResult>(PerHand<TOther> other, Func<T, TOther, TResult> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new(map(Left, other.Left), map(Right, other.Right));
    }
}

/// <summary>Ways to make a <see cref="PerHand{T}"/>.</summary>
public static class PerHand
{
    /// <summary>Makes both values from their sides, left first.</summary>
    public static PerHand<T> Create<T>(Func<HandSide, T> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        return new(make(HandSide.Left), make(HandSide.Right));
    }
}
