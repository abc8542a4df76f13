"""What a numpy user writes. Questions come as lines of JSON, and so do answers; numpy.mjs asks them."""

import json
import sys
import time

import numpy as np


def hebbian(X):
    """W = XᵀX/N without its diagonal, X of P×N signs."""

    def run():
        W = X.T @ X / np.float32(X.shape[1])
        np.fill_diagonal(W, 0)
        return W

    return run


def recall(W, cues):
    """Asynchronous recall, neuron by neuron: by index first, then in orders drawn afresh."""
    random = np.random.default_rng(0)
    N = len(W)

    def run(drawn=True):
        states = []
        for cue in cues:
            state = cue.copy()
            moved = True
            while moved:
                moved = False
                for i in random.permutation(N) if drawn else range(N):
                    h = W[i] @ state
                    if h * state[i] < 0:
                        state[i] = -state[i]
                        moved = True
            states.append(state)
        return np.array(states)

    return run, run(drawn=False)


def synchronous(W, cues):
    """Synchronous recall of all cues together: matrix products until nothing moves."""

    def run():
        states = cues
        while True:
            h = states @ W
            after = np.where(h == 0, states, np.sign(h))
            if np.array_equal(after, states):
                return states
            states = after

    return run


def synchronous_step(X, cue):
    """One step with all couplings at hand."""
    W = hebbian(X)()

    def run():
        h = W @ cue
        return np.where(h == 0, cue, np.sign(h))

    return run


def sequence_step(X, cues):
    """sign Σ_μ ξ^(μ+1) (ξ^μ·s)³, a ring; doubles, which hold the sums exactly."""
    after = np.roll(X, -1, axis=0)

    def run():
        h = (cues @ X.T) ** 3 @ after
        return np.where(h == 0, cues, np.sign(h))

    return run


def softmax(S):
    S = np.exp(S - S.max(axis=-1, keepdims=True))
    S /= S.sum(axis=-1, keepdims=True)
    return S


def retrieve(X, Q, beta):
    """softmax(βQXᵀ)X."""
    beta = np.float32(beta)
    return lambda: softmax(beta * (Q @ X.T)) @ X


def association(state, stored, gradient, heads, **weights):
    """An attention layer forward and backward: the result and the gradients of both inputs."""
    weight = {name: weights[name + "_weight"] for name in ("state", "stored", "values", "output")}
    bias = {name: weights[name + "_bias"] for name in weight}
    batch, count, size = state.shape
    width = size // heads
    beta = np.float32(1 / np.sqrt(width))

    def split(x):
        return x.reshape(batch, -1, heads, width).transpose(0, 2, 1, 3)

    def join(x):
        return x.transpose(0, 2, 1, 3).reshape(batch, -1, size)

    def linear(x, name):
        return x @ weight[name].T + bias[name]

    def back(x, g, name):
        g, x = g.reshape(-1, size), x.reshape(-1, size)
        return (g @ weight[name]).reshape(batch, -1, size), g.T @ x, g.sum(axis=0)

    def run():
        q, k, v = split(linear(state, "state")), split(linear(stored, "stored")), split(linear(stored, "values"))
        A = softmax(beta * (q @ k.transpose(0, 1, 3, 2)))
        heard = join(A @ v)
        result = linear(heard, "output")
        g, dWo, dbo = back(heard, gradient, "output")
        g = split(g)
        dv = A.transpose(0, 1, 3, 2) @ g
        dA = g @ v.transpose(0, 1, 3, 2)
        dS = beta * A * (dA - (dA * A).sum(axis=-1, keepdims=True))
        dq, dk = dS @ k, dS.transpose(0, 1, 3, 2) @ q
        dstate, dWq, dbq = back(state, join(dq), "state")
        dk, dWk, dbk = back(stored, join(dk), "stored")
        dv, dWv, dbv = back(stored, join(dv), "values")
        return np.concatenate([result.ravel(), dstate.ravel(), (dk + dv).ravel()])

    return run


def contrastive_divergence(states, hidden, batch, rate):
    """The error of an epoch of CD-1 of a restricted Boltzmann machine; epochs go on from one another."""
    random = np.random.default_rng(1)
    X = states.astype(np.float32)
    P, N = X.shape
    W = (0.01 * random.standard_normal((N, hidden))).astype(np.float32)
    a, b = np.zeros(N, np.float32), np.zeros(hidden, np.float32)

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    def run():
        nonlocal W, a, b
        error = 0.0
        order = random.permutation(P)
        for at in range(0, P, batch):
            v = X[order[at : at + batch]]
            p = sigmoid(v @ W + b)
            h = (random.random(p.shape, np.float32) < p).astype(np.float32)
            r = sigmoid(h @ W.T + a)
            w = (random.random(r.shape, np.float32) < r).astype(np.float32)
            q = sigmoid(w @ W + b)
            step = np.float32(rate / len(v))
            W += step * (v.T @ p - w.T @ q)
            a += step * (v - w).sum(axis=0)
            b += step * (p - q).sum(axis=0)
            error += ((v - r) ** 2).sum()
        return np.array([error / P / N])

    return run


def sample(run, milliseconds):
    """Milliseconds of runs, three of them at least."""
    samples = []
    start = time.process_time()
    while len(samples) < 3 or (time.process_time() - start) * 1000 < milliseconds:
        before = time.process_time()
        run()
        samples.append((time.process_time() - before) * 1000)
    return samples


def read(file, type, shape):
    return np.fromfile(file, dtype=type).reshape(shape)


def main():
    opened = {}
    print(json.dumps({"numpy": np.__version__}), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        if "task" in question:
            arrays = {each.pop("name"): read(**each) for each in question["inputs"]}
            made = globals()[question["task"]](**arrays, **question["options"])
            run, result = made if isinstance(made, tuple) else (made, made())
            result = np.ascontiguousarray(result)
            result.tofile(question["out"])
            key = str(len(opened))
            opened[key] = run
            answer = {"key": key, "type": result.dtype.str[1:]}
        elif "clear" in question:
            opened.clear()
            answer = {}
        else:
            answer = {"samples": sample(opened[question["key"]], question["time"])}
        print(json.dumps(answer), flush=True)


main()
