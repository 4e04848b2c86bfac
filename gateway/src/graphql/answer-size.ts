import { HubError } from '@hub/errors';
import { limits } from './limits.ts';

/** How large the answer of one request has become, in about the bytes of its JSON. */
export class AnswerSize {
  #bytes = 0;
  #refusal: HubError | undefined;

  /** Why there is no answer, where it became too large. */
  get refusal(): HubError | undefined {
    return this.#refusal;
  }

  /** Counts a part of it. @throws HubError OPERATION_TOO_LARGE, as each part that comes after */
  add(part: unknown): void {
    this.#count(part);
    if (this.#refusal) throw this.#refusal;
  }

  #count(value: unknown): void {
    if (this.#refusal) return;
    if (typeof value === 'string') this.#bytes += value.length + 2;
    else if (Array.isArray(value)) {
      this.#bytes += 2;
      for (const item of value) this.#count(item);
    } else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) {
        this.#bytes += name.length + 4;
        this.#count(inner);
      }
    else this.#bytes += 5;
    if (this.#bytes > limits.answerBytes)
      this.#refusal = new HubError('OPERATION_TOO_LARGE', { limit: 'answerBytes', maximum: limits.answerBytes });
  }
}
